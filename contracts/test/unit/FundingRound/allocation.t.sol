// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {CommitmentState} from "../../../src/round/Commitments.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundTest} from "./RoundTest.sol";

/// @notice 17 CFR 227.201(h): how oversubscriptions are allotted; and whose allotments count as the investors'.
contract AllocationTest is RoundTest {
    address[5] private wallets;

    // ------------------------------------------------------------------------------------------ oversubscribed

    /// @dev Against the formula written out, whatever the batches.
    function testFuzz_AllotsAllSharesExactlyAndEachWithinOneOfItsQuota(
        uint64[5] memory shares,
        uint64 onSale,
        uint8 cut
    ) public {
        onSale = uint64(bound(onSale, 1, 20_000));
        openProRata(onSale, 40_000);
        uint256 total = 0;
        for (uint256 i = 0; i < 5; ++i) {
            shares[i] = uint64(bound(shares[i], 1, 8000));
            wallets[i] = accredited(vm.toString(i));
            commits(wallets[i], shares[i]);
            total += shares[i];
        }
        closes();
        tallies();
        while (status() == RoundStatus.Settling) {
            round.settle(1 + cut % 3);
            cut /= 2;
        }
        _hasAllotted(shares, onSale, total);
        for (uint256 i = 0; i < 5; ++i) {
            if (commitment(wallets[i]).allotted < shares[i]) round.claimCredit(identityOf(wallets[i]));
            assertEq(dollar.balanceOf(wallets[i]), cost(shares[i] - commitment(wallets[i]).allotted));
        }
        round.payProceeds();
        if (round.credits().fee > 0) round.payFee();
        assertEq(escrowed(), 0, "to the last unit");
    }

    function test_CreditsTheExcessAndTheLimit() public {
        _oversubscribes();
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentSettled(identityOf(alice), alice, 66, 132 * DOLLAR, 7_920_000, 68 * DOLLAR);
        round.settle(1);
        assertEq(used(alice), 132e6, "what was not allotted counts no longer");
        assertEq(commitment(alice).shares, 100);
        assertEq(commitment(alice).allotted, 66);
        assertEq(round.progressOf().escrowedShares, 84);
        assertEq(round.conserved()[0].owed, 300 * DOLLAR);
        assertEq(round.conserved()[0].held, 300 * DOLLAR);
    }

    function test_PaysACreditOnceByAnyone() public {
        _oversubscribes();
        settles();
        vm.expectEmit(address(round));
        emit RoundEvents.CreditPaid(identityOf(alice), alice, 34, 68 * DOLLAR);
        vm.prank(outsider);
        round.claimCredit(identityOf(alice));
        assertEq(dollar.balanceOf(alice), 68 * DOLLAR);
        assertTrue(commitment(alice).creditPaid);
        assertEq(commitment(alice).allotted, 66);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCredit.selector, identityOf(alice)));
        round.claimCredit(identityOf(alice));
        vm.prank(bob);
        round.claimCredit(identityOf(bob));
        round.payProceeds();
        round.payFee();
        assertEq(escrowed(), 0);
    }

    function test_AllotsNothingOfACommitmentTooSmallAndGivesAllBack() public {
        openProRata(10, 1000);
        commits(alice, 1);
        commits(bob, 999);
        closes();
        tallies();
        settles();
        assertEq(commitment(alice).allotted, 0);
        assertState(alice, CommitmentState.Settled);
        assertEq(share.balanceOf(bob), 10);
        assertEq(used(alice), 0);
        round.claimCredit(identityOf(alice));
        assertEq(dollar.balanceOf(alice), 2 * DOLLAR);
        (address wallet, uint64 shares,) = round.allotmentOf(identityOf(alice));
        assertEq(wallet, alice);
        assertEq(shares, 0);
    }

    function test_KeepsThePlaceOfWhoLapsesAfterTheTally() public {
        openProRata(100, 1000);
        commits(alice, 100);
        commits(bob, 50);
        commits(carol, 50);
        closes();
        tallies();
        revoke(bob);
        settles();
        assertEq(share.balanceOf(alice), 50);
        assertEq(share.balanceOf(carol), 25, "not a share more for bob's place");
        assertEq(round.outcome().soldShares, 75);
        assertEq(refunds(bob), 100 * DOLLAR);
        assertFalse(commitment(bob).counted, "excluded, and passed over");
    }

    function test_KeepsNoPlaceForWhomTheTallyExcludes() public {
        openProRata(100, 1000);
        commits(carol, 1);
        commits(alice, 100);
        commits(bob, 50);
        closes();
        revoke(carol);
        tallies();
        settles();
        assertEq(share.balanceOf(alice), 66);
        assertEq(share.balanceOf(bob), 34);
        assertEq(round.countingOf().passedShares, 150);
        assertEq(refunds(carol), 2 * DOLLAR);
    }

    function test_KeepsThePlaceOfWhoIsRefundedAfterThirtyDays() public {
        openProRata(100, 1000);
        commits(alice, 100);
        commits(bob, 50);
        commits(carol, 50);
        closes();
        tallies();
        itIs(block.timestamp + 30 days);
        assertEq(refunds(bob), 100 * DOLLAR);
        assertTrue(commitment(bob).counted);
        settles();
        assertEq(share.balanceOf(alice), 50);
        assertEq(share.balanceOf(carol), 25);
        assertEq(round.countingOf().passedShares, 200);
        round.claimCredit(identityOf(alice));
        round.claimCredit(identityOf(carol));
        round.payProceeds();
        round.payFee();
        assertEq(escrowed(), 0);
    }

    function testFuzz_GivesTwoWalletsOfEqualSizeNoMoreThanAShareOfDifference(uint64 shares, uint64 more, uint64 onSale)
        public
    {
        shares = uint64(bound(shares, 1, 10_000));
        more = uint64(bound(more, 1, 10_000));
        onSale = uint64(bound(onSale, 1, 25_000));
        openProRata(onSale, 30_000);
        commits(alice, shares);
        commits(carol, more);
        commits(bob, shares);
        closes();
        tallies();
        settles();
        assertApproxEqAbs(commitment(alice).allotted, commitment(bob).allotted, 1);
    }

    function test_RevertsWithShortfallNotAccepted() public {
        _oversubscribes();
        settles();
        vm.prank(address(round));
        dollar.transfer(outsider, 100 * DOLLAR);
        vm.expectRevert(
            abi.encodeWithSelector(
                RoundEvents.ShortfallNotAccepted.selector, outsider, alice, 200 * DOLLAR, 300 * DOLLAR
            )
        );
        vm.prank(outsider);
        round.claimCredit(identityOf(alice));
        vm.prank(alice);
        round.claimCredit(identityOf(alice));
        assertEq(dollar.balanceOf(alice), cost(34) * 2 / 3);
    }

    function test_TakesCommitmentsUpToTheLimitOfOversubscription() public {
        openProRata(100, 150);
        commits(alice, 100);
        funds(bob, cost(51));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RoundFull.selector, 51, 50));
        vm.prank(bob);
        round.commit(51, 1, false);
        commits(bob, 50);
    }

    // ------------------------------------------------------------------------------------------ within

    function test_AllotsEverythingAndCreditsNothing() public {
        openProRata(150, 1000);
        commits(alice, 100);
        commits(bob, 50);
        closes();
        tallies();
        settles();
        assertEq(share.balanceOf(alice), 100);
        assertEq(share.balanceOf(bob), 50);
        assertEq(uint256(round.status()), uint256(RoundStatus.Settled));
        assertEq(round.soldShares(), 150);
    }

    function test_RevertsWithNoCredit() public {
        _oversubscribes();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCredit.selector, identityOf(alice)));
        round.claimCredit(identityOf(alice));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCredit.selector, identityOf(carol)));
        round.claimCredit(identityOf(carol));
        settles();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCredit.selector, identityOf(carol)));
        round.claimCredit(identityOf(carol));
    }

    function test_PaysNoCreditOfWhatWasAllottedInFull() public {
        commits(alice, 5000);
        closes();
        tallies();
        settles();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCredit.selector, identityOf(alice)));
        round.claimCredit(identityOf(alice));
    }

    // ------------------------------------------------------------------------------------------ the issuer's own

    function test_ShowsTheirCommitmentsApartAndCountsThemForTheMinimum() public {
        attest(issuer, Category.Accredited, 0, block.timestamp + 3650 days);
        isAffiliate(bob);
        commits(issuer, 3000);
        commits(bob, 1000);
        commits(carol, 1000);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.AffiliateTallied(identityOf(issuer), issuer, 3000);
        vm.expectEmit(address(round));
        emit RoundEvents.AffiliateTallied(identityOf(bob), bob, 1000);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundTallied(5000, 4000);
        tallies();
        assertEq(round.outcome().affiliatedShares, 4000);
        assertTrue(commitment(bob).affiliated);
        assertFalse(commitment(carol).affiliated);
        assertStatus(RoundStatus.Settling);
    }

    function test_CountsNobodyAsAffiliatedWhoBecameOneAfterCommitting() public {
        commits(alice, 3000);
        isAffiliate(bob);
        commits(bob, 3000);
        itIs(block.timestamp + 1);
        isAffiliate(alice);
        closes();
        tallies();
        assertFalse(commitment(alice).affiliated);
        assertTrue(commitment(bob).affiliated, "in the same second");
        settles();
        assertEq(round.outsideShares(), 3000);
    }

    function test_CountsAsOutsideWhatOthersWereAllotted() public {
        isAffiliate(bob);
        openProRata(100, 1000);
        commits(alice, 100);
        commits(bob, 100);
        closes();
        tallies();
        (, uint64 shares, bool outside) = round.allotmentOf(identityOf(alice));
        assertEq(shares, 0);
        assertFalse(outside, "nothing is allotted yet");
        settles();
        assertEq(round.outsideShares(), 50);
        assertEq(round.soldShares(), 100);
        (, shares, outside) = round.allotmentOf(identityOf(alice));
        assertEq(shares, 50);
        assertTrue(outside);
        (, shares, outside) = round.allotmentOf(identityOf(bob));
        assertEq(shares, 50);
        assertFalse(outside);
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev 150 asked for, 100 on sale: alice 66 of 100, bob 34 of 50.
    function _oversubscribes() private {
        openProRata(100, 1000);
        commits(alice, 100);
        commits(bob, 50);
        closes();
        tallies();
    }

    function _hasAllotted(uint64[5] memory shares, uint256 onSale, uint256 total) private view {
        uint256 running = 0;
        uint256 sum = 0;
        uint256 most = total < onSale ? total : onSale;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 before = running * most / total;
            running += shares[i];
            uint256 allotted = commitment(wallets[i]).allotted;
            assertEq(allotted, running * most / total - before);
            assertLe(allotted, shares[i]);
            assertApproxEqAbs(allotted * total, shares[i] * most, total, "within one share of the quota");
            sum += allotted;
        }
        assertEq(sum, most, "all of them");
        assertEq(share.totalSupply(), most);
    }
}
