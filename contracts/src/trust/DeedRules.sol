// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Beneficiary, DeedCodec, Tranche} from "./TrustDeed.sol";

/// @title DeedRules
/// @notice What a deed must satisfy for a trust to be opened on it.
library DeedRules {
    using DeedCodec for bytes;

    /// @notice What is wrong with a deed.
    enum Fault {
        None,
        Settlor,
        Asset,
        Trustees,
        Threshold,
        TrusteeTwice,
        TrusteeProtects,
        Successors,
        DeedHash,
        ChallengePeriod,
        VacancyPeriod,
        LongStop,
        PlatformFee,
        TrusteeFee,
        VoteTerms,
        Tranches,
        TrancheAmount,
        TrancheAsset,
        TrancheOrder,
        TrancheToTrustee,
        PlanExceedsFund,
        Beneficiaries,
        BeneficiaryTwice,
        SoleBeneficiaryIsTrustee,
        ProceedsRevocable,
        ProceedsInShares
    }

    /// @notice A trust that holds a round's proceeds leaves its beneficiaries at least this long to object, in seconds.
    uint256 internal constant SHORTEST_CHALLENGE = 1 days;
    uint256 internal constant LONGEST_CHALLENGE = 365 days;
    uint256 internal constant SHORTEST_VACANCY = 1 days;
    uint256 internal constant LONGEST_VACANCY = 3650 days;
    /// @notice A trust ends within this time of its opening, in seconds.
    uint256 internal constant LONGEST_TRUST = 36_525 days;
    uint256 internal constant SHORTEST_VOTE = 1 days;
    uint256 internal constant LONGEST_VOTE = 90 days;
    uint256 internal constant MOST_PLATFORM_FEE_BPS = 1000;
    uint256 internal constant MOST_TRUSTEE_FEE_BPS = 1000;
    uint256 internal constant LEAST_MAJORITY_BPS = 5000;

    /// @param place of the trustee, tranche or beneficiary at fault, counted from 1; zero when it is none of them
    error DeedRefused(Fault fault, uint256 place);

    /// @notice Reverts with the fault unless a trust may be opened now on the deed that is packed in `args`.
    function requireDeed(bytes memory args) internal view {
        _require(args.settlor() != address(0), Fault.Settlor, 0);
        _require(args.settlementToken() != args.shareClass(), Fault.Asset, 0);
        _require(args.deedHash() != 0, Fault.DeedHash, 0);
        _requireTimes(args);
        _requireFeesAndVotes(args);
        _requireTrustees(args);
        _requirePlan(args);
        if (args.holdsProceeds()) {
            _require(!args.isRevocable(), Fault.ProceedsRevocable, 0);
            _require(args.shareClass() == address(0), Fault.ProceedsInShares, 0);
        } else {
            _requireBeneficiaries(args);
        }
    }

    function _requireTimes(bytes memory args) private view {
        uint256 shortest = args.holdsProceeds() ? SHORTEST_CHALLENGE : 0;
        _require(_within(args.challengePeriod(), shortest, LONGEST_CHALLENGE), Fault.ChallengePeriod, 0);
        _require(_within(args.vacancyPeriod(), SHORTEST_VACANCY, LONGEST_VACANCY), Fault.VacancyPeriod, 0);
        bool later = _within(args.longStop(), block.timestamp + 1, block.timestamp + LONGEST_TRUST);
        _require(later, Fault.LongStop, 0);
    }

    function _requireFeesAndVotes(bytes memory args) private pure {
        _require(args.platformFeeBps() <= MOST_PLATFORM_FEE_BPS, Fault.PlatformFee, 0);
        _require(args.trusteeFeeBps() <= MOST_TRUSTEE_FEE_BPS, Fault.TrusteeFee, 0);
        _require(args.trusteeFeeBps() == 0 || args.settlementToken() != address(0), Fault.TrusteeFee, 0);
        bool majority = _within(args.voteMajorityBps(), LEAST_MAJORITY_BPS, DeedCodec.BPS);
        _require(majority, Fault.VoteTerms, 0);
        if (!args.holdsProceeds()) return;
        bool terms = _within(args.voteOpeningBps(), 1, DeedCodec.BPS) && args.voteQuorumBps() <= DeedCodec.BPS
            && _within(args.voteDuration(), SHORTEST_VOTE, LONGEST_VOTE);
        _require(terms, Fault.VoteTerms, 0);
    }

    function _requireTrustees(bytes memory args) private pure {
        uint256 count = args.trusteeCount();
        _require(_within(count, 1, DeedCodec.MOST_TRUSTEES), Fault.Trustees, 0);
        _require(_within(args.threshold(), 1, count), Fault.Threshold, 0);
        _require(args.successorCount() <= DeedCodec.MOST_SUCCESSORS, Fault.Successors, 0);
        for (uint256 i = 0; i < count; ++i) {
            address trustee = args.trusteeAt(i);
            _require(trustee != address(0), Fault.Trustees, i + 1);
            _require(trustee != args.protector(), Fault.TrusteeProtects, i + 1);
            for (uint256 j = 0; j < i; ++j) {
                _require(args.trusteeAt(j) != trustee, Fault.TrusteeTwice, i + 1);
            }
        }
    }

    function _requirePlan(bytes memory args) private pure {
        uint256 count = args.trancheCount();
        _require(count <= DeedCodec.MOST_TRANCHES, Fault.Tranches, 0);
        uint256 moneyBps = 0;
        uint256 sharesBps = 0;
        for (uint256 number = 1; number <= count; ++number) {
            Tranche memory t = args.trancheAt(number);
            _require((t.amount == 0) != (t.shareBps == 0), Fault.TrancheAmount, number);
            _require(
                (t.inShares ? args.shareClass() : args.settlementToken()) != address(0), Fault.TrancheAsset, number
            );
            _require(t.follows < number, Fault.TrancheOrder, number);
            _require(!args.isOriginalTrustee(t.recipient), Fault.TrancheToTrustee, number);
            if (t.inShares) sharesBps += t.shareBps;
            else moneyBps += t.shareBps;
        }
        _require(moneyBps <= DeedCodec.BPS && sharesBps <= DeedCodec.BPS, Fault.PlanExceedsFund, 0);
    }

    function _requireBeneficiaries(bytes memory args) private pure {
        uint256 count = args.beneficiaryCount();
        _require(count <= DeedCodec.MOST_BENEFICIARIES, Fault.Beneficiaries, 0);
        uint256 units = 0;
        for (uint256 i = 0; i < count; ++i) {
            Beneficiary memory b = args.beneficiaryAt(i);
            _require(b.wallet != address(0) && b.units != 0, Fault.Beneficiaries, i + 1);
            units += b.units;
            for (uint256 j = 0; j < i; ++j) {
                _require(args.beneficiaryAt(j).wallet != b.wallet, Fault.BeneficiaryTwice, i + 1);
            }
        }
        _require(units <= type(uint64).max, Fault.Beneficiaries, 0);
        bool sole = count == 1 && args.isOriginalTrustee(args.beneficiaryAt(0).wallet);
        _require(!sole, Fault.SoleBeneficiaryIsTrustee, 1);
    }

    function _within(uint256 value, uint256 least, uint256 most) private pure returns (bool) {
        return value >= least && value <= most;
    }

    function _require(bool holds, Fault fault, uint256 place) private pure {
        if (!holds) revert DeedRefused(fault, place);
    }
}
