// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice The terms of a trust that are single values. Money is in the settlement token's smallest unit, shares are
/// whole, times are seconds (UTC where they are dates), shares of a whole are in hundredths of a percent.
/// @param settlor who makes the trust; of one that holds a round's proceeds, the company's controller
/// @param protector may veto a disbursement within the challenge period; zero when there is none
/// @param settlementToken money that the trust holds; zero when it holds shares only
/// @param shareClass shares that the trust holds; zero when it holds money only
/// @param threshold how many trustees must approve a milestone
/// @param challengePeriod from the last approval needed until anyone may execute
/// @param vacancyPeriod how long fewer trustees than `threshold` may serve before anyone may end the trust
/// @param longStop from then on anyone may end the trust
/// @param platformFeeBps of each release of money, taken from what is released
/// @param trusteeFeeBps of all money received, set aside for the trustees; it accrues evenly from the first money until
/// the long stop, in equal parts to the seats
/// @param spendthrift units cannot be assigned
/// @param revocable the settlor may take everything back
/// @param vetoEnds a disbursement vetoed by vote ends the trust, and the rest goes back
/// @param voteOpeningBps of the units, as many as a person needs to have a vote opened
/// @param voteQuorumBps of the units, as many as must vote
/// @param voteMajorityBps of the votes, as many as carry a motion; of the units, where beneficiaries are listed here
/// @param voteDuration how long a vote is open
/// @param deedHash keccak256 of the deed's document
struct DeedTerms {
    address settlor;
    address protector;
    address settlementToken;
    address shareClass;
    uint8 threshold;
    uint40 challengePeriod;
    uint40 vacancyPeriod;
    uint40 longStop;
    uint16 platformFeeBps;
    uint16 trusteeFeeBps;
    bool spendthrift;
    bool revocable;
    bool vetoEnds;
    uint16 voteOpeningBps;
    uint16 voteQuorumBps;
    uint16 voteMajorityBps;
    uint40 voteDuration;
    bytes32 deedHash;
}

/// @notice One step of the release plan. Tranches are numbered from 1 in the deed's order.
/// @param recipient zero: whoever controls the company at the time of payment
/// @param inShares of the share class; otherwise of the settlement token
/// @param milestone needs the trustees' approval; otherwise time alone makes it due
/// @param follows number of the tranche that must have been released before; zero when there is none
/// @param shareBps of all that the fund has received by the time of the proposal; zero when `amount` is given
/// @param notBefore first second in which it may be proposed
/// @param amount in the asset's smallest unit; zero when `shareBps` is given
struct Tranche {
    address recipient;
    bool inShares;
    bool milestone;
    uint8 follows;
    uint16 shareBps;
    uint40 notBefore;
    uint104 amount;
}

/// @notice Who receives what is left, in proportion to units.
struct Beneficiary {
    address wallet;
    uint64 units;
}

/// @notice A trust deed.
/// @param trustees in the order of their seats, from 0
/// @param successors who may take a trustee's place without anyone else's consent
/// @param beneficiaries empty: those to whom the round whose proceeds the trust holds allotted shares, but the issuer and
/// its affiliates, in proportion to their shares
struct Deed {
    DeedTerms terms;
    address[] trustees;
    address[] successors;
    Tranche[] tranches;
    Beneficiary[] beneficiaries;
}

/// @notice What the Directory adds when it opens the trust.
struct TrustOrigin {
    address directory;
    uint64 companyId;
    address feeRecipient;
}

/// @title DeedCodec
/// @notice A deed as the tightly packed arguments of its trust's clone, and each field read from them by its place.
/// @dev   0 directory | 20 companyId 8 | 28 feeRecipient | 48 settlor | 68 protector | 88 settlementToken |
///   108 shareClass | 128 deedHash 32 | 160 challengePeriod 5 | 165 vacancyPeriod 5 | 170 longStop 5 | 175 voteDuration 5 |
///   180 platformFeeBps 2 | 182 trusteeFeeBps 2 | 184 voteOpeningBps 2 | 186 voteQuorumBps 2 | 188 voteMajorityBps 2 |
///   190 threshold 1 | 191 flags 1 (1 spendthrift, 2 revocable, 4 vetoEnds) | 192 trustees 1 | 193 successors 1 |
///   194 tranches 1 | 195 beneficiaries 1 | 196 the trustees and successors, 20 each | the tranches, 42 each:
///   recipient | flags 1 (1 inShares, 2 milestone) | follows 1 | shareBps 2 | notBefore 5 | amount 13 |
///   the beneficiaries, 28 each: wallet | units 8
library DeedCodec {
    using SafeCast for uint256;

    uint256 internal constant BPS = 10_000;
    uint256 internal constant MOST_TRUSTEES = 16;
    uint256 internal constant MOST_SUCCESSORS = 8;
    uint256 internal constant MOST_TRANCHES = 48;
    uint256 internal constant MOST_BENEFICIARIES = 32;
    uint256 private constant HEAD = 196;
    uint256 private constant PERSON = 20;
    uint256 private constant TRANCHE = 42;
    uint256 private constant BENEFICIARY = 28;

    // ------------------------------------------------------------------------------------------ packing

    function pack(Deed memory deed, TrustOrigin memory origin) internal pure returns (bytes memory args) {
        args = bytes.concat(_packPersons(deed.terms, origin), _packNumbers(deed.terms), _packCounts(deed));
        for (uint256 i = 0; i < deed.trustees.length; ++i) {
            args = bytes.concat(args, bytes20(deed.trustees[i]));
        }
        for (uint256 i = 0; i < deed.successors.length; ++i) {
            args = bytes.concat(args, bytes20(deed.successors[i]));
        }
        for (uint256 i = 0; i < deed.tranches.length; ++i) {
            Tranche memory t = deed.tranches[i];
            uint8 flags = (t.inShares ? 1 : 0) | (t.milestone ? 2 : 0);
            args =
                bytes.concat(args, abi.encodePacked(t.recipient, flags, t.follows, t.shareBps, t.notBefore, t.amount));
        }
        for (uint256 i = 0; i < deed.beneficiaries.length; ++i) {
            args = bytes.concat(args, abi.encodePacked(deed.beneficiaries[i].wallet, deed.beneficiaries[i].units));
        }
    }

    function unpack(bytes memory args) internal pure returns (Deed memory deed, TrustOrigin memory origin) {
        origin = TrustOrigin(directory(args), companyId(args), feeRecipient(args));
        deed.terms = terms(args);
        deed.trustees = new address[](trusteeCount(args));
        for (uint256 i = 0; i < deed.trustees.length; ++i) {
            deed.trustees[i] = trusteeAt(args, i);
        }
        deed.successors = new address[](successorCount(args));
        for (uint256 i = 0; i < deed.successors.length; ++i) {
            deed.successors[i] = successorAt(args, i);
        }
        deed.tranches = new Tranche[](trancheCount(args));
        for (uint256 i = 0; i < deed.tranches.length; ++i) {
            deed.tranches[i] = trancheAt(args, i + 1);
        }
        deed.beneficiaries = new Beneficiary[](beneficiaryCount(args));
        for (uint256 i = 0; i < deed.beneficiaries.length; ++i) {
            deed.beneficiaries[i] = beneficiaryAt(args, i);
        }
    }

    function _packPersons(DeedTerms memory t, TrustOrigin memory origin) private pure returns (bytes memory) {
        return abi.encodePacked(
            origin.directory,
            origin.companyId,
            origin.feeRecipient,
            t.settlor,
            t.protector,
            t.settlementToken,
            t.shareClass,
            t.deedHash
        );
    }

    function _packNumbers(DeedTerms memory t) private pure returns (bytes memory) {
        uint8 flags = (t.spendthrift ? 1 : 0) | (t.revocable ? 2 : 0) | (t.vetoEnds ? 4 : 0);
        return bytes.concat(
            abi.encodePacked(t.challengePeriod, t.vacancyPeriod, t.longStop, t.voteDuration, t.platformFeeBps),
            abi.encodePacked(t.trusteeFeeBps, t.voteOpeningBps, t.voteQuorumBps, t.voteMajorityBps, t.threshold, flags)
        );
    }

    function _packCounts(Deed memory deed) private pure returns (bytes memory) {
        return abi.encodePacked(
            deed.trustees.length.toUint8(),
            deed.successors.length.toUint8(),
            deed.tranches.length.toUint8(),
            deed.beneficiaries.length.toUint8()
        );
    }

    // ------------------------------------------------------------------------------------------ reading

    function terms(bytes memory args) internal pure returns (DeedTerms memory) {
        uint256 flags = uint8(_ending(args, 192));
        return DeedTerms({
            settlor: settlor(args),
            protector: protector(args),
            settlementToken: settlementToken(args),
            shareClass: shareClass(args),
            threshold: uint8(threshold(args)),
            challengePeriod: uint40(challengePeriod(args)),
            vacancyPeriod: uint40(vacancyPeriod(args)),
            longStop: uint40(longStop(args)),
            platformFeeBps: uint16(platformFeeBps(args)),
            trusteeFeeBps: uint16(trusteeFeeBps(args)),
            spendthrift: flags & 1 != 0,
            revocable: flags & 2 != 0,
            vetoEnds: flags & 4 != 0,
            voteOpeningBps: uint16(voteOpeningBps(args)),
            voteQuorumBps: uint16(voteQuorumBps(args)),
            voteMajorityBps: uint16(voteMajorityBps(args)),
            voteDuration: uint40(voteDuration(args)),
            deedHash: deedHash(args)
        });
    }

    function directory(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 20)));
    }

    function companyId(bytes memory args) internal pure returns (uint64) {
        return (uint64(_ending(args, 28)));
    }

    function feeRecipient(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 48)));
    }

    function settlor(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 68)));
    }

    function protector(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 88)));
    }

    function settlementToken(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 108)));
    }

    function shareClass(bytes memory args) internal pure returns (address) {
        return address(uint160(_ending(args, 128)));
    }

    function deedHash(bytes memory args) internal pure returns (bytes32) {
        return bytes32(_ending(args, 160));
    }

    function challengePeriod(bytes memory args) internal pure returns (uint256) {
        return uint40(_ending(args, 165));
    }

    function vacancyPeriod(bytes memory args) internal pure returns (uint256) {
        return uint40(_ending(args, 170));
    }

    function longStop(bytes memory args) internal pure returns (uint256) {
        return uint40(_ending(args, 175));
    }

    function platformFeeBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_ending(args, 182));
    }

    function trusteeFeeBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_ending(args, 184));
    }

    function voteDuration(bytes memory args) internal pure returns (uint256) {
        return uint40(_ending(args, 180));
    }

    function voteOpeningBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_ending(args, 186));
    }

    function voteQuorumBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_ending(args, 188));
    }

    function voteMajorityBps(bytes memory args) internal pure returns (uint256) {
        return uint16(_ending(args, 190));
    }

    function threshold(bytes memory args) internal pure returns (uint256) {
        return uint8(_ending(args, 191));
    }

    function isSpendthrift(bytes memory args) internal pure returns (bool) {
        return uint8(_ending(args, 192)) & 1 != 0;
    }

    function isRevocable(bytes memory args) internal pure returns (bool) {
        return uint8(_ending(args, 192)) & 2 != 0;
    }

    function vetoEnds(bytes memory args) internal pure returns (bool) {
        return uint8(_ending(args, 192)) & 4 != 0;
    }

    function trusteeCount(bytes memory args) internal pure returns (uint256) {
        return uint8(_ending(args, 193));
    }

    function successorCount(bytes memory args) internal pure returns (uint256) {
        return uint8(_ending(args, 194));
    }

    function trancheCount(bytes memory args) internal pure returns (uint256) {
        return uint8(_ending(args, 195));
    }

    function beneficiaryCount(bytes memory args) internal pure returns (uint256) {
        return uint8(_ending(args, 196));
    }

    /// @notice Whether the beneficiaries are those to whom a round allots shares, so that the trust holds its proceeds.
    function holdsProceeds(bytes memory args) internal pure returns (bool) {
        return beneficiaryCount(args) == 0;
    }

    /// @param seat counted from 0
    function trusteeAt(bytes memory args, uint256 seat) internal pure returns (address) {
        return address(uint160(_ending(args, HEAD + (seat + 1) * PERSON)));
    }

    /// @notice Whether `person` is among the trustees with whom the trust was opened.
    function isOriginalTrustee(bytes memory args, address person) internal pure returns (bool) {
        return originalSeatOf(args, person) < trusteeCount(args);
    }

    /// @notice The seat of a trustee with whom the trust was opened; the number of trustees for anyone else.
    function originalSeatOf(bytes memory args, address person) internal pure returns (uint256 seat) {
        uint256 count = trusteeCount(args);
        uint256 end = HEAD + PERSON;
        for (seat = 0; seat < count; ++seat) {
            if (address(uint160(_ending(args, end))) == person) return seat;
            end += PERSON;
        }
    }

    /// @param place counted from 0
    function successorAt(bytes memory args, uint256 place) internal pure returns (address) {
        return address(uint160(_ending(args, HEAD + (trusteeCount(args) + place + 1) * PERSON)));
    }

    /// @param number counted from 1
    function trancheAt(bytes memory args, uint256 number) internal pure returns (Tranche memory) {
        uint256 start = HEAD + (trusteeCount(args) + successorCount(args)) * PERSON + (number - 1) * TRANCHE;
        uint256 flags = uint8(_ending(args, start + 21));
        return Tranche({
            recipient: address(uint160(_ending(args, start + 20))),
            inShares: flags & 1 != 0,
            milestone: flags & 2 != 0,
            follows: uint8(_ending(args, start + 22)),
            shareBps: uint16(_ending(args, start + 24)),
            notBefore: uint40(_ending(args, start + 29)),
            amount: uint104(_ending(args, start + 42))
        });
    }

    /// @notice Of a tranche, what its payment asks for.
    function trancheTarget(bytes memory args, uint256 number)
        internal
        pure
        returns (address recipient, bool inShares, bool milestone)
    {
        uint256 start = HEAD + (trusteeCount(args) + successorCount(args)) * PERSON + (number - 1) * TRANCHE;
        recipient = address(uint160(_ending(args, start + 20)));
        uint256 flags = uint8(_ending(args, start + 21));
        return (recipient, flags & 1 != 0, flags & 2 != 0);
    }

    /// @param place counted from 0
    function beneficiaryAt(bytes memory args, uint256 place) internal pure returns (Beneficiary memory) {
        uint256 start = HEAD + (trusteeCount(args) + successorCount(args)) * PERSON + trancheCount(args) * TRANCHE
            + place * BENEFICIARY;
        return Beneficiary(address(uint160(_ending(args, start + 20))), uint64(_ending(args, start + 28)));
    }

    /// @dev The 32 bytes of `args` that end at byte `end`; whoever asks drops what lies before the field.
    function _ending(bytes memory args, uint256 end) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(args, end))
        }
    }
}
