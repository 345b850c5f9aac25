// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {Commitment, CommitmentState} from "../../../src/round/Commitments.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundOrigin, RoundTerms} from "../../../src/round/RoundTerms.sol";
import {Position} from "../../../src/settlement/Conserved.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";

/// @notice Opening a round and committing to it.
contract RoundCommitTest is Ledger {
    uint256 private constant OPENS = 1_494_374_400; // 2017-05-10
    address private alice;
    address private bob;

    function setUp() public override {
        super.setUp();
        RoundTerms memory terms = filedTerms();
        terms.opensAt = uint40(OPENS);
        round = openRound(terms);
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
    }

    // ------------------------------------------------------------------------------------------ opening

    function test_AnnouncesItsTermsAndOrigin() public {
        RoundTerms memory terms = filedTerms();
        address next = vm.computeCreateAddress(address(directory), vm.getNonce(address(directory)));
        vm.expectEmit(next);
        emit RoundEvents.RoundOpened(companyId, address(share), address(dollar), terms, _origin());
        assertEq(address(openRound(terms)), next);
    }

    function test_KeepsTheTermsItWasOpenedWith() public view {
        (RoundTerms memory terms, RoundOrigin memory origin) = round.terms();
        RoundTerms memory asked = filedTerms();
        asked.opensAt = uint40(OPENS);
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(asked)));
        assertEq(keccak256(abi.encode(origin)), keccak256(abi.encode(_origin())));
        assertEq(round.authority(), address(authority));
        assertEq(round.SETTLEMENT_PERIOD(), 30 days);
    }

    function test_StartsEmpty() public view {
        FundingRound.Progress memory progress = round.progressOf();
        FundingRound.Progress memory none;
        assertEq(keccak256(abi.encode(progress)), keccak256(abi.encode(none)));
        Position[] memory positions = round.conserved();
        assertEq(positions.length, 1);
        assertEq(keccak256(abi.encode(positions[0])), keccak256(abi.encode(Position(address(dollar), 0, 0, 0))));
        assertEq(round.identityAt(0), 0);
    }

    // ------------------------------------------------------------------------------------------ committing

    function test_TakesTheMoneyAndKeepsTheCommitment() public {
        itIs(OPENS);
        funds(alice, cost(100));
        vm.expectEmit(address(round));
        emit RoundEvents.Committed(identityOf(alice), alice, 100, 200 * DOLLAR, 100, 1, false);
        vm.prank(alice);
        round.commit(100, 1, false);

        Commitment memory commitment = round.commitmentOf(identityOf(alice));
        assertEq(commitment.wallet, alice);
        assertEq(commitment.shares, 100);
        assertEq(commitment.committedAt, OPENS);
        assertState(alice, CommitmentState.Live);
        assertEq(round.identityAt(0), identityOf(alice));
        assertEq(round.progressOf().commitments, 1);
        assertEq(round.progressOf().escrowedShares, 100);
        assertEq(dollar.balanceOf(alice), 0);
        assertEq(escrowed(), 200 * DOLLAR);
        assertEq(used(alice), 200e6);
        Position memory position = round.conserved()[0];
        assertEq(position.held, 200 * DOLLAR);
        assertEq(position.owed, 200 * DOLLAR);
        assertEq(position.surplus, 0);
    }

    function test_AddsToACommitmentInItsPlace() public {
        itIs(OPENS);
        commits(alice, 100);
        commits(bob, 50);
        itIs(OPENS + 1 days);
        funds(alice, cost(20));
        vm.expectEmit(address(round));
        emit RoundEvents.Committed(identityOf(alice), alice, 20, 40 * DOLLAR, 120, 1, false);
        vm.prank(alice);
        round.commit(20, 1, false);
        assertEq(round.commitmentOf(identityOf(alice)).shares, 120);
        assertEq(round.commitmentOf(identityOf(alice)).committedAt, OPENS + 1 days);
        assertEq(round.progressOf().commitments, 2);
        assertEq(round.identityAt(0), identityOf(alice));
        assertEq(round.identityAt(1), identityOf(bob));
        assertEq(used(alice), 240e6, "counted once");
    }

    function test_MoneySentUnaskedIsSurplus() public {
        itIs(OPENS);
        commits(alice, 100);
        dollar.mint(address(round), 7);
        Position memory position = round.conserved()[0];
        assertEq(position.held, 200 * DOLLAR + 7);
        assertEq(position.owed, 200 * DOLLAR);
        assertEq(position.surplus, 7);
        commits(bob, 100);
    }

    // ------------------------------------------------------------------------------------------ refusals

    function test_OpensAtItsFirstSecond() public {
        funds(alice, cost(20));
        itIs(OPENS - 1);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotOpenYet.selector, OPENS, OPENS - 1));
        vm.prank(alice);
        round.commit(10, 1, false);
        itIs(OPENS);
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    function test_EndsBeforeItsDeadline() public {
        uint256 deadline = Calendar.day(2017, 7, 8);
        funds(alice, cost(20));
        itIs(deadline - 1);
        vm.prank(alice);
        round.commit(10, 1, false);
        itIs(deadline);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, deadline, deadline));
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    function test_TakesNothingOnceClosed() public {
        itIs(OPENS);
        closes();
        funds(alice, cost(10));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.WrongStatus.selector, RoundStatus.Failed, RoundStatus.Open));
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    function test_TakesNothingFromStrangers() public {
        itIs(OPENS);
        funds(outsider, cost(10));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotEligible.selector, outsider));
        vm.prank(outsider);
        round.commit(10, 1, false);
    }

    function test_TakesNothingFromTheSecondAnAttestationExpires() public {
        address carol = makeAddr("carol");
        attest(carol, Category.Retail, 2500, OPENS + 1 days);
        itIs(OPENS + 1 days - 1);
        commits(carol, 10);
        itIs(OPENS + 1 days);
        funds(carol, cost(10));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotEligible.selector, carol));
        vm.prank(carol);
        round.commit(10, 1, false);
    }

    function test_TakesNoEmptyCommitment() public {
        itIs(OPENS);
        vm.expectRevert(RoundEvents.NoShares.selector);
        vm.prank(alice);
        round.commit(0, 1, false);
    }

    function test_TakesNoLessThanTheMinimumTicket() public {
        itIs(OPENS);
        funds(alice, cost(9));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.BelowMinimumTicket.selector, 9, 10));
        vm.prank(alice);
        round.commit(9, 1, false);
        commits(alice, 10);
    }

    function test_TakesNoMoreThanIsLeftButTheLastFew() public {
        itIs(OPENS);
        commits(alice, 49_995);
        funds(bob, cost(6));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RoundFull.selector, 6, 5));
        vm.prank(bob);
        round.commit(6, 1, false);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.BelowMinimumTicket.selector, 4, 10));
        vm.prank(bob);
        round.commit(4, 1, false);
        vm.prank(bob);
        round.commit(5, 1, false);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RoundFull.selector, 1, 0));
        vm.prank(bob);
        round.commit(1, 1, false);
    }

    function test_TakesNoMoreThanThePersonMayCommitInAYear() public {
        address carol = retail("carol", 2500);
        itIs(OPENS);
        commits(carol, 1250);
        funds(carol, cost(10));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.YearlyLimitExceeded.selector, 2500e6, 0, 2520e6));
        vm.prank(carol);
        round.commit(10, 1, false);
    }

    function test_TakesNothingWithoutAnAllowance() public {
        itIs(OPENS);
        dollar.mint(alice, cost(10));
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", address(round), 0, cost(10))
        );
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    /// @dev Every part of the order: what is refused leaves no trace, what is taken is exact.
    function testFuzz_TakesExactlyPriceTimesShares(uint128 price, uint64 shares, uint64 more) public {
        price = uint128(bound(price, 1, 98 * DOLLAR));
        shares = uint64(bound(shares, 10, 25_000));
        more = uint64(bound(more, 10, 25_000));
        RoundTerms memory terms = filedTerms();
        terms.price = price;
        round = openRound(terms);
        address rich = accredited("rich");
        commits(rich, shares);
        assertEq(escrowed(), uint256(shares) * price);
        commits(rich, more);
        assertEq(escrowed(), (uint256(shares) + more) * price);
        assertEq(used(rich), (uint256(shares) + more) * price, "six decimals: units are millionths");
        cancels(rich);
        assertEq(dollar.balanceOf(rich), (uint256(shares) + more) * price);
        assertEq(used(rich), 0);
    }

    function test_CountsMillionthsRoundedUpWhateverTheDecimals() public {
        assertEq(_usedByTenSharesOf(18, 2e18), 20e6);
        assertEq(_usedByTenSharesOf(18, 2e18 + 1), 20e6 + 1);
        assertEq(_usedByTenSharesOf(2, 200), 20e6);
        assertEq(_usedByTenSharesOf(5, 2e5), 20e6);
        assertEq(_usedByTenSharesOf(7, 2e7), 20e6);
    }

    /// @dev All of them count against the same limit, and none of it is given back.
    function _usedByTenSharesOf(uint8 decimals, uint128 price) private returns (uint256) {
        address token = address(new HostileDollar(decimals));
        vm.prank(operator);
        directory.listSettlementToken(token, USD);
        RoundTerms memory terms = filedTerms();
        (terms.settlementToken, terms.price) = (token, price);
        (round, dollar) = (openRound(terms), DemoDollar(token));
        uint256 before = used(alice);
        commits(alice, 10);
        return used(alice) - before;
    }

    function testFuzz_CommitsAreOpenExactlyFromOpeningToDeadline(uint256 time) public {
        uint256 deadline = Calendar.day(2017, 7, 8);
        time = bound(time, OPENS - 1 days + 1, deadline + 10 days);
        funds(alice, cost(10));
        vm.warp(time);
        if (time < OPENS) vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotOpenYet.selector, OPENS, time));
        if (time >= deadline) {
            vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, deadline, time));
        }
        vm.prank(alice);
        round.commit(10, 1, false);
    }

    function _origin() private view returns (RoundOrigin memory) {
        return RoundOrigin(address(directory), uint64(companyId), platform, USD, 6, false, true, REG_CF);
    }
}
