// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {EuropeanCrowdfunding} from "../../../src/round/rules/EuropeanCrowdfunding.sol";
import {IRoundRules} from "../../../src/round/rules/IRoundRules.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {RoundTest} from "./RoundTest.sol";

/// @notice What other regimes ask of a round.
contract RegimesTest is RoundTest {
    // ------------------------------------------------------------------------------------------ Europe

    function test_KeepsTheReflectionOfEachCommitmentApart() public {
        _openInEurope();
        uint256 start = block.timestamp;
        commits(alice, 100);
        itIs(start + 1 days);
        commits(bob, 100);
        assertEq(round.cancellableUntil(identityOf(alice)), start + 4 days);
        assertEq(round.cancellableUntil(identityOf(bob)), start + 5 days);
        itIs(start + 4 days);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, start + 4 days, start + 4 days));
        cancels(alice);
        itIs(start + 5 days - 1);
        cancels(bob);
        assertEq(dollar.balanceOf(bob), 200 * DOLLAR);
    }

    function test_RestartsTheReflectionWithAnAddition() public {
        _openInEurope();
        uint256 start = block.timestamp;
        commits(alice, 100);
        itIs(start + 3 days);
        commits(alice, 10);
        itIs(start + 7 days - 1);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 220 * DOLLAR);
    }

    function test_LetsTheReflectionRunOnAfterTheCloseAndTheTallyWaitForIt() public {
        _openInEurope();
        commits(alice, 100);
        itIs(DEADLINE - 2 days);
        commits(bob, 100);
        itIs(DEADLINE - 1 days);
        commits(carol, 100);
        uint256 last = DEADLINE + 3 days;
        assertEq(round.progressOf().reflectionEnd, last);
        closes();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToTally.selector, last, DEADLINE));
        tallies();
        itIs(DEADLINE + 2 days - 1);
        cancels(bob);
        itIs(last - 1);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToTally.selector, last, last - 1));
        tallies();
        itIs(last);
        tallies();
        assertEq(round.outcome().eligibleShares, 200);
    }

    function test_RecordsTheConsentAboveTheThresholdAndRefusesWithout() public {
        _openInEurope();
        funds(alice, cost(501));
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(EuropeanCrowdfunding.ConsentMissing.selector, 1002e6, 1000e6));
        round.commit(501, 1, false);
        vm.expectEmit(address(round));
        emit RoundEvents.Committed(identityOf(alice), alice, 501, 1002 * DOLLAR, 501, 1, true);
        round.commit(501, 1, true);
    }

    function test_GivesTheSophisticatedNoReflection() public {
        _openInEurope();
        address sophie = makeAddr("sophie");
        attest(sophie, Category.Sophisticated, 0, block.timestamp + 365 days);
        commits(sophie, 100);
        assertEq(round.progressOf().reflectionEnd, 0);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, block.timestamp, block.timestamp)
        );
        cancels(sophie);
        closes();
        tallies();
        assertStatus(RoundStatus.Settling);
    }

    function test_HasTheTallyWaitForAReflectionWhoeverCommitsAfterwards() public {
        _openInEurope();
        address sophie = makeAddr("sophie");
        attest(sophie, Category.Sophisticated, 0, block.timestamp + 365 days);
        itIs(DEADLINE - 1 days);
        commits(alice, 100);
        commits(sophie, 100);
        closes();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToTally.selector, DEADLINE + 3 days, DEADLINE));
        tallies();
    }

    function test_CountsNothingAgainstAYearlyLimit() public {
        _openInEurope();
        commits(alice, 100);
        commits(alice, 100);
        assertEq(limits.used(identityOf(alice), "EU-ECSPR", "EUR"), 0);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 400 * DOLLAR);
    }

    /// @dev Other rules may bear the name of a regime that does count.
    function test_GivesNothingBackWhereItCountsNothing() public {
        commits(alice, 100);
        vm.mockCall(
            address(openRules),
            abi.encodeWithSelector(IRoundRules.requireTerms.selector),
            abi.encode(IRoundRules.Regime(REG_CF, type(uint256).max, 0, false))
        );
        openRoundUnder(address(openRules));
        vm.clearMockedCalls();
        commits(alice, 50);
        cancels(alice);
        assertEq(used(alice), 200e6);
    }

    // ------------------------------------------------------------------------------------------ caps

    function test_ReservesAPlaceWithEachCommitmentAndRefusesWhoFindsNone() public {
        _openCapped(2, Allocation.FirstCome);
        commits(alice, 100);
        commits(alice, 100);
        commits(bob, 100);
        funds(carol, cost(100));
        vm.expectRevert();
        vm.prank(carol);
        round.commit(100, 1, false);
        cancels(alice);
        commits(carol, 100);
    }

    function test_GivesThePlaceBackWithACancellationAndARefund() public {
        _openCapped(2, Allocation.FirstCome);
        commits(alice, 100);
        assertEq(share.placeOf(identityOf(alice)).rounds, 1);
        vm.prank(alice);
        round.cancel(identityOf(alice), 50);
        assertEq(share.placeOf(identityOf(alice)).rounds, 1, "still in");
        cancels(alice);
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
        commits(alice, 100);
        vm.prank(guardian);
        round.cancelRound("doubts");
        refunds(alice);
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
    }

    function test_GivesThePlaceBackWhenNothingWasAllottedOrThePersonLapsed() public {
        _openCapped(3, Allocation.ProRata);
        commits(alice, 1);
        commits(bob, 100);
        commits(carol, 50_000);
        revoke(bob);
        closes();
        tallies();
        assertEq(share.placeOf(identityOf(bob)).rounds, 0);
        settles();
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
        refunds(bob);
        assertEq(share.placeOf(identityOf(bob)).rounds, 0, "once");
    }

    function test_KeepsThePlaceOfAnotherRoundWhenTheExcludedAreRefunded() public {
        _openCapped(3, Allocation.FirstCome);
        commits(alice, 100);
        commits(bob, 100);
        FundingRound first = round;
        (RoundTerms memory terms,) = first.terms();
        round = openRound(terms);
        commits(bob, 100);
        round = first;
        revoke(bob);
        closes();
        tallies();
        assertEq(share.placeOf(identityOf(bob)).rounds, 1);
        refunds(bob);
        assertEq(share.placeOf(identityOf(bob)).rounds, 1);
    }

    function test_UsesThePlaceUpWhenSharesAreIssued() public {
        _openCapped(1, Allocation.FirstCome);
        commits(alice, 100);
        closes();
        tallies();
        settles();
        assertEq(share.holderCount(), 1);
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
    }

    // ------------------------------------------------------------------------------------------ Regulation D

    function test_TakesMoneyOfTheAccreditedOnly() public {
        openRoundUnder(address(regulationD));
        address rich = accredited("rich");
        commits(rich, 5000);
        funds(alice, cost(10));
        vm.expectRevert();
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _openInEurope() private {
        dollar = DemoDollar(deployCode("DemoDollar.sol"));
        vm.prank(operator);
        directory.listSettlementToken(address(dollar), "EUR");
        RoundTerms memory terms = filedTerms();
        terms.rules = address(europeanRules);
        terms.minimumShares = 100;
        round = openRound(terms);
    }

    function _openCapped(uint32 cap, Allocation allocation) private {
        ClassTerms memory class = classTerms(companyId, AUTHORISED);
        class.holderCap = cap;
        class.smallestHolding = 1;
        share = openClass(issuer, class);
        RoundTerms memory terms = filedTerms();
        terms.rules = address(openRules);
        terms.minimumShares = 1;
        terms.minimumTicket = 1;
        terms.maximumShares = 1000;
        terms.allocation = allocation;
        if (allocation == Allocation.ProRata) terms.oversubscriptionShares = 100_000;
        round = openRound(terms);
    }
}
