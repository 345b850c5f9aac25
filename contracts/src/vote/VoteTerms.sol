// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PackedArgs} from "../ledger/PackedArgs.sol";

/// @notice The holders of one share class at one of its record dates.
/// @param recordDate index of the class's record date; its time has come when the vote opens
struct Electorate {
    address shareClass;
    uint16 recordDate;
}

/// @notice What is asked, of whom, and when it counts as decided.
/// @param electorates one to four share classes of the company; none when a round's allotments vote
/// @param round a settled round whose allotments to others than the issuer and its affiliates vote; zero when classes do
/// @param target the contract that the decision binds: a trust, a share class; zero when it binds none
/// @param subject hash of the decision's parameters, as the target defines them
/// @param documentHash keccak256 of the document that says what is asked
/// @param quorumBps ballots cast, abstentions included, in hundredths of a percent of all votes
/// @param majorityBps votes in favour, in hundredths of a percent of those in favour and against; they must exceed those
/// against besides, so 5000 is more than half and 7500 at least three quarters
/// @param opensAt first second in which one may vote
/// @param closesAt first second in which one no longer may
struct VoteTerms {
    Electorate[] electorates;
    address round;
    address target;
    bytes32 subject;
    bytes32 documentHash;
    uint16 quorumBps;
    uint16 majorityBps;
    uint40 opensAt;
    uint40 closesAt;
}

/// @notice What the Directory adds when it opens the vote.
/// @param openedBy the company's controller, or the person who asked for a vote of a round's allotments
/// @param treasury the company's own wallet at the opening; its shares do not vote
struct VoteOrigin {
    address directory;
    uint64 companyId;
    address openedBy;
    address treasury;
}

/// @title VoteTermsCodec
/// @notice A vote's terms as the tightly packed arguments of its clone, and what they must satisfy.
library VoteTermsCodec {
    /// @notice Most share classes that vote together.
    uint256 internal constant MOST_ELECTORATES = 4;
    /// @notice Least time between the opening transaction and the close of a vote of share classes: notice of a meeting
    /// (8 Del. C. § 222(b): not less than 10 days).
    uint256 internal constant SHORTEST_NOTICE = 10 days;
    /// @notice A vote closes within this time of its opening transaction.
    uint256 internal constant LONGEST_VOTE = 365 days;
    /// @notice Least quorum of a vote of share classes: a third (8 Del. C. § 216).
    uint256 internal constant LEAST_QUORUM_BPS = 3334;
    uint256 internal constant LEAST_MAJORITY_BPS = 5000;
    uint256 internal constant BPS = 10_000;

    /// @notice Most seconds from a record date to the opening of a vote, as 8 Del. C. section 213(a) has it.
    uint256 internal constant OLDEST_RECORD_DATE = 60 days;

    uint256 internal constant DIRECTORY = 0;
    uint256 internal constant COMPANY = 20;
    uint256 internal constant OPENED_BY = 28;
    uint256 internal constant TREASURY = 48;
    uint256 internal constant ROUND = 68;
    uint256 internal constant TARGET = 88;
    uint256 internal constant SUBJECT = 108;
    uint256 internal constant DOCUMENT = 140;
    uint256 internal constant QUORUM = 172;
    uint256 internal constant MAJORITY = 174;
    uint256 internal constant OPENS_AT = 176;
    uint256 internal constant CLOSES_AT = 181;
    uint256 internal constant ELECTORATES = 186;
    uint256 internal constant ELECTORATE_SIZE = 22;

    error ElectorateMissing();
    error OneElectorateOnly(address round, uint256 classes);
    error TooManyElectorates(uint256 given, uint256 most);
    error ElectorateTwice(address shareClass);
    error SubjectMissing();
    error QuorumOutOfRange(uint256 quorumBps, uint256 least, uint256 most);
    error MajorityOutOfRange(uint256 majorityBps, uint256 least, uint256 most);
    error VoteTimesOutOfOrder(uint256 opensAt, uint256 closesAt, uint256 time);
    error VoteClosesTooEarly(uint256 closesAt, uint256 earliest);
    error VoteClosesTooLate(uint256 closesAt, uint256 latest);

    function pack(VoteTerms memory terms, VoteOrigin memory origin) internal pure returns (bytes memory args) {
        args = bytes.concat(
            abi.encodePacked(origin.directory, origin.companyId, origin.openedBy, origin.treasury),
            abi.encodePacked(terms.round, terms.target, terms.subject, terms.documentHash),
            abi.encodePacked(terms.quorumBps, terms.majorityBps, terms.opensAt, terms.closesAt)
        );
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            args =
                bytes.concat(args, abi.encodePacked(terms.electorates[i].shareClass, terms.electorates[i].recordDate));
        }
    }

    function unpack(bytes memory args) internal pure returns (VoteTerms memory terms, VoteOrigin memory origin) {
        origin = VoteOrigin({
            directory: PackedArgs.addressAt(args, DIRECTORY),
            companyId: uint64(PackedArgs.uintAt(args, COMPANY, 8)),
            openedBy: PackedArgs.addressAt(args, OPENED_BY),
            treasury: PackedArgs.addressAt(args, TREASURY)
        });
        terms = VoteTerms({
            electorates: new Electorate[]((args.length - ELECTORATES) / ELECTORATE_SIZE),
            round: PackedArgs.addressAt(args, ROUND),
            target: PackedArgs.addressAt(args, TARGET),
            subject: PackedArgs.wordAt(args, SUBJECT),
            documentHash: PackedArgs.wordAt(args, DOCUMENT),
            quorumBps: uint16(PackedArgs.uintAt(args, QUORUM, 2)),
            majorityBps: uint16(PackedArgs.uintAt(args, MAJORITY, 2)),
            opensAt: uint40(PackedArgs.uintAt(args, OPENS_AT, 5)),
            closesAt: uint40(PackedArgs.uintAt(args, CLOSES_AT, 5))
        });
        for (uint256 i = 0; i < terms.electorates.length; ++i) {
            uint256 start = ELECTORATES + i * ELECTORATE_SIZE;
            terms.electorates[i] =
                Electorate(PackedArgs.addressAt(args, start), uint16(PackedArgs.uintAt(args, start + 20, 2)));
        }
    }

    /// @notice Reverts with the reason unless a vote may be opened at `time` on these terms. That the classes or the
    /// round are the company's is for the Directory to know; that the record dates have come, for the vote itself.
    function requireTerms(VoteTerms memory terms, uint256 time) internal pure {
        _requireElectorates(terms);
        if (terms.subject == 0) revert SubjectMissing();
        bool classes = terms.round == address(0);
        uint256 leastQuorum = classes ? LEAST_QUORUM_BPS : 0;
        if (terms.quorumBps < leastQuorum || terms.quorumBps > BPS) {
            revert QuorumOutOfRange(terms.quorumBps, leastQuorum, BPS);
        }
        if (terms.majorityBps < LEAST_MAJORITY_BPS || terms.majorityBps > BPS) {
            revert MajorityOutOfRange(terms.majorityBps, LEAST_MAJORITY_BPS, BPS);
        }
        if (terms.opensAt < time || terms.closesAt <= terms.opensAt) {
            revert VoteTimesOutOfOrder(terms.opensAt, terms.closesAt, time);
        }
        if (classes && terms.closesAt < time + SHORTEST_NOTICE) {
            revert VoteClosesTooEarly(terms.closesAt, time + SHORTEST_NOTICE);
        }
        if (terms.closesAt > time + LONGEST_VOTE) revert VoteClosesTooLate(terms.closesAt, time + LONGEST_VOTE);
    }

    function _requireElectorates(VoteTerms memory terms) private pure {
        uint256 count = terms.electorates.length;
        if (terms.round != address(0) && count > 0) revert OneElectorateOnly(terms.round, count);
        if (terms.round == address(0) && count == 0) revert ElectorateMissing();
        if (count > MOST_ELECTORATES) revert TooManyElectorates(count, MOST_ELECTORATES);
        for (uint256 i = 0; i < count; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                if (terms.electorates[j].shareClass == terms.electorates[i].shareClass) {
                    revert ElectorateTwice(terms.electorates[i].shareClass);
                }
            }
        }
    }
}
