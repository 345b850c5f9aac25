// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Instance} from "../../../src/ledger/Instance.sol";
import {DeedRules} from "../../../src/trust/DeedRules.sol";
import {Beneficiary, Deed, DeedCodec, Tranche, TrustOrigin} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract OpeningTest is TrustStage {
    function test_EmitsTheDeed() public {
        Deed memory deed = listedDeed();
        deed.successors = one(t4);
        bytes memory args = DeedCodec.pack(deed, origin());
        vm.expectEmit(true, true, true, true);
        emit TrustRecords.TrustOpened(COMPANY, issuer, address(directory), deed.terms);
        vm.expectEmit(true, true, true, true);
        emit TrustRecords.TrusteeSeated(0, t1);
        vm.expectEmit(true, true, true, true);
        emit TrustRecords.TrusteeSeated(1, t2);
        vm.expectEmit(true, true, true, true);
        emit TrustRecords.TrusteeSeated(2, t3);
        vm.expectEmit(true, true, true, true);
        emit TrustRecords.SuccessorNamed(t4);
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectEmit(true, true, true, true);
            emit TrustRecords.TranchePlanned(i + 1, deed.tranches[i]);
        }
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectEmit(true, true, true, true);
            emit TrustRecords.BeneficiaryNamed(deed.beneficiaries[i].wallet, deed.beneficiaries[i].units);
        }
        directory.open(address(template), args);
        openTrust(deed);
        requireHistory();
        assertEq(recorder.eventsOf(address(trust)), 12, "and nobody and nothing else");
        assertEq(books.tenure().accountsUntil, START);
        assertEq(books.tenure().seats, 3);
        assertEq(books.interestOf(key(y)).units, 30);
        assertEq(books.persons(), 3);
        assertEq(books.settlementToken(), address(dollar));
        (uint16 opening, uint16 quorum, uint16 majority, uint40 duration) = books.voteTerms();
        assertEq(opening, 1000);
        assertEq(quorum, 2000);
        assertEq(majority, 5000);
        assertEq(duration, 10 days);
    }

    function test_ReadsBackAsItWasPacked() public {
        Deed memory deed = listedDeed();
        deed.successors = both(t4, outsider);
        deed.terms.spendthrift = true;
        deed.terms.trusteeFeeBps = 77;
        openTrust(deed);
        readsBack(deed);
        deed.terms.spendthrift = false;
        deed.terms.revocable = true;
        openTrust(deed);
        readsBack(deed);
        deed = proceedsDeed();
        deed.terms.vetoEnds = true;
        openTrust(deed);
        readsBack(deed);
    }

    function readsBack(Deed memory deed) private view {
        (Deed memory read, TrustOrigin memory from) = books.deed();
        assertEq(abi.encode(read), abi.encode(deed));
        assertEq(abi.encode(from), abi.encode(origin()));
    }

    function test_AcceptsTheBounds() public {
        Deed memory deed = listedDeed();
        deed.trustees = many(16, 0x1000);
        deed.terms.threshold = 16;
        deed.successors = many(8, 0x2000);
        deed.tranches = new Tranche[](48);
        deed.beneficiaries = new Beneficiary[](32);
        for (uint160 i = 0; i < 48; ++i) {
            deed.tranches[i] = Tranche(worker, false, true, uint8(i), 208, type(uint40).max, 0);
            if (i < 32) deed.beneficiaries[i] = Beneficiary(address(0x3000 + i), type(uint64).max / 32);
        }
        deed.beneficiaries[31].units += 31;
        deed.terms.challengePeriod = 0;
        deed.terms.longStop = uint40(START + 36_525 days);
        openTrust(deed);
        readsBack(deed);
        deed = proceedsDeed();
        deed.terms.challengePeriod = 1 days;
        deed.terms.vacancyPeriod = 1 days;
        deed.terms.longStop = uint40(START + 1);
        deed.terms.platformFeeBps = 1000;
        deed.terms.trusteeFeeBps = 1000;
        deed.terms.protector = address(0);
        deed.terms.voteOpeningBps = 1;
        deed.terms.voteQuorumBps = 10_000;
        deed.terms.voteDuration = 1 days;
        openTrust(deed);
        deed.terms.challengePeriod = 365 days;
        deed.terms.vacancyPeriod = 3650 days;
        deed.terms.voteDuration = 90 days;
        openTrust(deed);
    }

    function test_AsksForTermsOfAVoteOnlyWhereOneDecides() public {
        Deed memory deed = listedDeed();
        deed.terms.voteOpeningBps = 0;
        deed.terms.voteDuration = 0;
        openTrust(deed);
        readsBack(deed);
    }

    function test_AllOfTheMoneyAndAllOfTheSharesArePlanned() public {
        Deed memory deed = listedDeed();
        deed.tranches[0] = Tranche(worker, true, true, 0, 10_000, 0, 0);
        deed.tranches[3].shareBps = 10_000;
        openTrust(deed);
        readsBack(deed);
    }

    function many(uint160 count, uint160 base) private pure returns (address[] memory list) {
        list = new address[](count);
        for (uint160 i = 0; i < count; ++i) {
            list[i] = address(base + i);
        }
    }

    function test_OpensOnce() public {
        openTrust(proceedsDeed());
        refused(plainly(Instance.AlreadyOpened.selector));
        trust.open();
    }

    function test_TemplatesAreNotOpened() public {
        refused(plainly(Instance.TemplateIsNotAnInstance.selector));
        template.open();
        Instance second = Instance(deployCode("TrustOffices.sol", abi.encode(authority, registry, address(1))));
        refused(plainly(Instance.TemplateIsNotAnInstance.selector));
        second.open();
    }

    function test_RefusesTrusteesWhoAreNotIndependent() public {
        registry.affiliate(t2, directory.issuerKey(COMPANY), true);
        isNotIndependent(proceedsDeed(), t2);
        registry.affiliate(t2, directory.issuerKey(COMPANY), false);
        Deed memory deed = proceedsDeed();
        deed.trustees[1] = issuer;
        isNotIndependent(deed, issuer);
        deed.trustees[1] = outsider;
        isNotIndependent(deed, outsider);
        directory.setController(COMPANY, t3);
        isNotIndependent(proceedsDeed(), t3);
    }

    function test_RefusesAProtectorWhoIsNotIndependent() public {
        registry.affiliate(protector, directory.issuerKey(COMPANY), true);
        isNotIndependent(proceedsDeed(), protector);
        openTrust(listedDeed());
    }

    function isNotIndependent(Deed memory deed, address who) private {
        bytes memory args = DeedCodec.pack(deed, origin());
        vm.expectRevert(abi.encodeWithSelector(TrustRecords.NotIndependent.selector, who));
        directory.open(address(template), args);
    }

    // ------------------------------------------------------------------------------------------ faults

    function isRefused(Deed memory deed, DeedRules.Fault fault, uint256 place) private {
        bytes memory args = DeedCodec.pack(deed, origin());
        vm.expectRevert(abi.encodeWithSelector(DeedRules.DeedRefused.selector, fault, place));
        directory.open(address(template), args);
    }

    function test_NamesEachFault() public {
        Deed memory d = proceedsDeed();
        d.terms.settlor = address(0);
        isRefused(d, DeedRules.Fault.Settlor, 0);
        d = listedDeed();
        d.terms.shareClass = address(dollar);
        isRefused(d, DeedRules.Fault.Asset, 0);
        d = proceedsDeed();
        d.terms.settlementToken = address(0);
        isRefused(d, DeedRules.Fault.Asset, 0);
        d = proceedsDeed();
        d.terms.deedHash = 0;
        isRefused(d, DeedRules.Fault.DeedHash, 0);
        timesAreRefused();
        feesAndVotesAreRefused();
        trusteesAreRefused();
        planIsRefused();
        beneficiariesAreRefused();
    }

    function timesAreRefused() private {
        Deed memory d = proceedsDeed();
        d.terms.challengePeriod = 1 days - 1;
        isRefused(d, DeedRules.Fault.ChallengePeriod, 0);
        d.terms.challengePeriod = 365 days + 1;
        isRefused(d, DeedRules.Fault.ChallengePeriod, 0);
        d = proceedsDeed();
        d.terms.vacancyPeriod = 1 days - 1;
        isRefused(d, DeedRules.Fault.VacancyPeriod, 0);
        d.terms.vacancyPeriod = 3650 days + 1;
        isRefused(d, DeedRules.Fault.VacancyPeriod, 0);
        d = proceedsDeed();
        d.terms.longStop = uint40(START);
        isRefused(d, DeedRules.Fault.LongStop, 0);
        d.terms.longStop = uint40(START + 36_525 days + 1);
        isRefused(d, DeedRules.Fault.LongStop, 0);
    }

    function feesAndVotesAreRefused() private {
        Deed memory d = proceedsDeed();
        d.terms.platformFeeBps = 1001;
        isRefused(d, DeedRules.Fault.PlatformFee, 0);
        d = proceedsDeed();
        d.terms.trusteeFeeBps = 1001;
        isRefused(d, DeedRules.Fault.TrusteeFee, 0);
        d = listedDeed();
        d.terms.settlementToken = address(0);
        d.terms.trusteeFeeBps = 1;
        isRefused(d, DeedRules.Fault.TrusteeFee, 0);
        d = listedDeed();
        d.terms.voteMajorityBps = 4999;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
        d.terms.voteMajorityBps = 10_001;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
        d = proceedsDeed();
        d.terms.voteOpeningBps = 0;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
        d = proceedsDeed();
        d.terms.voteQuorumBps = 10_001;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
        d = proceedsDeed();
        d.terms.voteDuration = 1 days - 1;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
        d.terms.voteDuration = 90 days + 1;
        isRefused(d, DeedRules.Fault.VoteTerms, 0);
    }

    function trusteesAreRefused() private {
        Deed memory d = proceedsDeed();
        d.trustees = nobody();
        isRefused(d, DeedRules.Fault.Trustees, 0);
        d.trustees = many(17, 0x1000);
        isRefused(d, DeedRules.Fault.Trustees, 0);
        d = proceedsDeed();
        d.terms.threshold = 0;
        isRefused(d, DeedRules.Fault.Threshold, 0);
        d.terms.threshold = 4;
        isRefused(d, DeedRules.Fault.Threshold, 0);
        d = proceedsDeed();
        d.successors = many(9, 0x2000);
        isRefused(d, DeedRules.Fault.Successors, 0);
        d = proceedsDeed();
        d.trustees[0] = address(0);
        isRefused(d, DeedRules.Fault.Trustees, 1);
        d = proceedsDeed();
        d.trustees[1] = address(0);
        isRefused(d, DeedRules.Fault.Trustees, 2);
        d.trustees[1] = t1;
        isRefused(d, DeedRules.Fault.TrusteeTwice, 2);
        d.trustees[1] = protector;
        isRefused(d, DeedRules.Fault.TrusteeProtects, 2);
    }

    function planIsRefused() private {
        Deed memory d = proceedsDeed();
        d.tranches = new Tranche[](49);
        isRefused(d, DeedRules.Fault.Tranches, 0);
        d = proceedsDeed();
        d.tranches[1].amount = 1;
        isRefused(d, DeedRules.Fault.TrancheAmount, 2);
        d.tranches[1].amount = 0;
        d.tranches[1].shareBps = 0;
        isRefused(d, DeedRules.Fault.TrancheAmount, 2);
        d = proceedsDeed();
        d.tranches[2].inShares = true;
        isRefused(d, DeedRules.Fault.TrancheAsset, 3);
        d = proceedsDeed();
        d.tranches[1].follows = 2;
        isRefused(d, DeedRules.Fault.TrancheOrder, 2);
        d = proceedsDeed();
        d.tranches[0].recipient = t2;
        isRefused(d, DeedRules.Fault.TrancheToTrustee, 1);
        d = proceedsDeed();
        d.tranches[0].shareBps = 4001;
        isRefused(d, DeedRules.Fault.PlanExceedsFund, 0);
        d = listedDeed();
        d.tranches[0].amount = 0;
        d.tranches[0].shareBps = 10_001;
        isRefused(d, DeedRules.Fault.PlanExceedsFund, 0);
    }

    function beneficiariesAreRefused() private {
        Deed memory d = listedDeed();
        d.beneficiaries = new Beneficiary[](33);
        isRefused(d, DeedRules.Fault.Beneficiaries, 0);
        d = listedDeed();
        d.beneficiaries[1].wallet = address(0);
        isRefused(d, DeedRules.Fault.Beneficiaries, 2);
        d = listedDeed();
        d.beneficiaries[2].units = 0;
        isRefused(d, DeedRules.Fault.Beneficiaries, 3);
        d = listedDeed();
        d.beneficiaries[2].wallet = x;
        isRefused(d, DeedRules.Fault.BeneficiaryTwice, 3);
        d = listedDeed();
        d.beneficiaries[0].units = type(uint64).max;
        isRefused(d, DeedRules.Fault.Beneficiaries, 0);
        d = listedDeed();
        d.beneficiaries = new Beneficiary[](1);
        d.beneficiaries[0] = Beneficiary(t1, 1);
        isRefused(d, DeedRules.Fault.SoleBeneficiaryIsTrustee, 1);
        d = proceedsDeed();
        d.terms.revocable = true;
        isRefused(d, DeedRules.Fault.ProceedsRevocable, 0);
        d = proceedsDeed();
        d.terms.shareClass = address(class);
        isRefused(d, DeedRules.Fault.ProceedsInShares, 0);
    }
}
