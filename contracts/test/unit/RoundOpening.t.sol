// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../src/identity/InvestmentLimits.sol";
import {Companies} from "../../src/ledger/Companies.sol";
import {Directory} from "../../src/ledger/Directory.sol";
import {Drafts} from "../../src/ledger/Drafts.sol";
import {Instance} from "../../src/ledger/Instance.sol";
import {Platform} from "../../src/ledger/Platform.sol";
import {Allocation, RoundTerms, RoundTermsCodec} from "../../src/round/RoundTerms.sol";
import {RegulationCrowdfunding} from "../../src/round/rules/RegulationCrowdfunding.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {TransferRules} from "../../src/share/TransferRules.sol";
import {Ledger} from "../Ledger.sol";

/// @notice Terms that the Directory refuses, each with the values that disagree.
contract RoundOpeningTest is Ledger {
    RoundTerms private terms;

    function setUp() public override {
        super.setUp();
        terms = filedTerms();
    }

    function test_ARoundIsOpenedOnceAndItsTemplateNever() public {
        round = openRound(terms);
        vm.expectRevert(Instance.AlreadyOpened.selector);
        round.open();
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        roundTemplate.open();
    }

    function test_OpeningKeepsTheSharesAndAdmitsTheRound() public {
        address next = vm.computeCreateAddress(address(directory), vm.getNonce(address(directory)));
        vm.expectEmit(address(share));
        emit ShareToken.SharesReserved(next, 50_000);
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(
            address(directory), next, directory.issuerKey(companyId), REG_CF, USD, 100_000e6
        );
        round = openRound(terms);
        assertEq(share.reservedFor(address(round)), 50_000);
        uint48 number = directory.listing(address(round)).number;
        assertTrue(limits.isAdmitted(address(directory), number));
        assertFalse(limits.isAdmitted(address(directory), number - 1), "its class");
    }

    function test_SellsNothingButItsOwnShareClasses() public {
        terms.shareClass = address(dollar);
        _isRefused(abi.encodeWithSelector(Directory.NotAShareClass.selector, address(dollar)));
        terms = filedTerms();
        terms.shareClass = address(openRound(terms));
        _isRefused(abi.encodeWithSelector(Directory.NotAShareClass.selector, terms.shareClass));
    }

    function test_OnlyTheControllerOpensARound() public {
        registerCompany(outsider, 600);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, outsider, issuer));
        vm.prank(outsider);
        directory.openRound(terms);
    }

    function test_TakesOnlyListedTokens() public {
        terms.settlementToken = address(share);
        _isRefused(abi.encodeWithSelector(Platform.NotASettlementToken.selector, address(share)));
    }

    function test_TakesOnlyAllowedRules() public {
        terms.rules = outsider;
        _isRefused(abi.encodeWithSelector(Platform.RulesNotAllowed.selector, outsider));
    }

    function test_TakesNoOtherFeeThanTheAgreedOne() public {
        terms.feeBps = 599;
        _isRefused(abi.encodeWithSelector(Drafts.FeeNotAgreed.selector, 599, 600));
        terms.feeBps = 601;
        _isRefused(abi.encodeWithSelector(Drafts.FeeNotAgreed.selector, 601, 600));
    }

    function test_DoesNotOpenInThePast() public {
        terms.opensAt = uint40(block.timestamp - 1);
        _isRefused(abi.encodeWithSelector(Drafts.OpensInThePast.selector, block.timestamp - 1, block.timestamp));
    }

    function test_SellsNothingForNothing() public {
        terms.price = 0;
        _isRefused(abi.encodeWithSelector(Drafts.PriceMissing.selector));
    }

    function test_SharesAreInOrder() public {
        terms.minimumTicket = 0;
        _isRefused(abi.encodeWithSelector(Drafts.SharesOutOfOrder.selector, 0, 5000, 50_000));
        terms.minimumTicket = 50_001;
        _isRefused(abi.encodeWithSelector(Drafts.SharesOutOfOrder.selector, 50_001, 5000, 50_000));
        terms.minimumTicket = 10;
        terms.minimumShares = 0;
        _isRefused(abi.encodeWithSelector(Drafts.SharesOutOfOrder.selector, 10, 0, 50_000));
        terms.minimumShares = 50_001;
        _isRefused(abi.encodeWithSelector(Drafts.SharesOutOfOrder.selector, 10, 50_001, 50_000));
        terms.minimumShares = 50_000;
        terms.minimumTicket = 50_000;
        openRound(terms);
    }

    function test_TakesAnOversubscriptionOnlyWhereItAllotsProRata() public {
        terms.oversubscriptionShares = 50_000;
        _isRefused(abi.encodeWithSelector(RoundTermsCodec.OversubscriptionOutOfRange.selector, 50_000, 0, 0));
        terms.allocation = Allocation.ProRata;
        terms.oversubscriptionShares = 49_999;
        _isRefused(
            abi.encodeWithSelector(
                RoundTermsCodec.OversubscriptionOutOfRange.selector, 49_999, 50_000, uint256(2 ** 43 - 1)
            )
        );
        terms.oversubscriptionShares = 50_000;
        openRound(terms);
    }

    function test_RaisesNoMoreThanFiveMillion() public {
        terms.price = uint128(100 * DOLLAR + 1);
        _isRefused(
            abi.encodeWithSelector(RegulationCrowdfunding.OfferingTooLarge.selector, 5_000_000e6 + 50_000, 5_000_000e6)
        );
        terms.price = uint128(100 * DOLLAR);
        openRound(terms);
    }

    function test_IsOpenFor21DaysAtLeast() public {
        uint256 earliest = terms.opensAt + 21 days;
        terms.deadline = uint40(earliest - 1);
        _isRefused(
            abi.encodeWithSelector(
                RegulationCrowdfunding.PublicPeriodTooShort.selector, terms.opensAt, earliest - 1, earliest
            )
        );
        terms.deadline = uint40(earliest);
        openRound(terms);
    }

    function test_SellsNoMoreThanIsAuthorised() public {
        terms.shareClass = address(openClass(companyId, issuer, 49_999));
        _isRefused(abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, 49_999, 0, 50_000));
    }

    function test_TwoRoundsShareTheAuthorisedNumber() public {
        terms.shareClass = address(openClass(companyId, issuer, 99_999));
        openRound(terms);
        _isRefused(abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, 99_999, 50_000, 50_000));
    }

    function test_ADirectoryNoLongerAllowedOpensNoRoundWhileItsOldOnesGoOn() public {
        round = openRound(terms);
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (address(directory), false)));
        terms.opensAt = uint40(block.timestamp);
        _isRefused(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, address(directory)));
        address alice = retail("alice", 2500);
        commits(alice, 100);
        cancels(alice);
        assertEq(used(alice), 0);
    }

    function _isRefused(bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(issuer);
        directory.openRound(terms);
    }
}
