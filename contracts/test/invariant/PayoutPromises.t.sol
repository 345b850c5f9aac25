// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {PayoutsAtLarge} from "./PayoutsAtLarge.sol";

/// @notice What distributions promise, after every call of everyone in any order. That every history folds to its head
/// is asked after each call, in `PayoutActors.ask`.
/// forge-config: default.invariant.fail-on-revert = true
contract PayoutPromisesTest is PayoutsAtLarge {
    function setUp() public override {
        super.setUp();
        targetContract(address(company));
        targetContract(address(claimants));
        targetContract(address(attesters));
    }

    /// @dev Tried out on a copy of the state: whoever is due something gets it now, asking for it alone.
    function invariant_ExitIsAlwaysOpen() public {
        uint256 state = vm.snapshotState();
        for (uint256 id = 1; id <= payout.distributionCount(); ++id) {
            Distribution.Overview memory d = payout.distribution(id);
            if (d.status == Distribution.Status.Funded && share.recordDates(d.recordDate) <= block.timestamp) {
                payout.openClaims(id);
                d = payout.distribution(id);
            }
            if (d.status != Distribution.Status.Open) continue;
            for (uint256 i = 0; i < wallets.length; ++i) {
                if (payout.dueTo(id, wallets[i]).shares == 0) continue;
                vm.prank(wallets[i]);
                payout.claim(id);
            }
            assertEq(payout.distribution(id).unclaimed, 0, "nothing is left but dust, which is carried");
            assertEq(payout.distribution(id).unclaimedShares, 0);
        }
        if (payout.companyCredit() > 0) payout.payCompany();
        assertTrue(vm.revertToState(state));
        recorder.forget();
    }

    function invariant_SolventAtAllTimes() public view {
        Position memory position = payout.conserved()[0];
        assertEq(position.held, dollar.balanceOf(address(payout)));
        assertEq(position.held, position.owed + position.surplus, "never less than owed");
        assertEq(position.surplus, claimants.gifts() - company.fromSurplus(), "gifts stay apart");
        uint256 owed = payout.carried() + payout.companyCredit();
        for (uint256 id = 1; id <= payout.distributionCount(); ++id) {
            owed += payout.distribution(id).unclaimed;
        }
        assertEq(position.owed, owed, "what it says it owes is what it owes");
    }

    /// @dev Each claimed once at most, for no more than the floor of its part of the pool, and less only by what was
    /// withheld from a dividend, 35 % at most.
    function invariant_NobodyIsPaidTwiceOrTooMuch() public view {
        for (uint256 id = 1; id <= payout.distributionCount(); ++id) {
            Distribution.Overview memory d = payout.distribution(id);
            uint256 entitlements = 0;
            for (uint256 i = 0; i < wallets.length; ++i) {
                uint256 claims = claimants.claims(id, wallets[i]);
                uint256 paid = claimants.paid(id, wallets[i]);
                if (d.status != Distribution.Status.Open) assertEq(claims, 0, "claimed before it was open");
                if (claims == 0) continue;
                assertEq(claims, 1, "claimed twice");
                uint256 part = share.balanceAt(wallets[i], d.recordDate) * d.pool / d.entitledShares;
                entitlements += part;
                uint256 rate = payout.withholdingOf(wallets[i], d.recordDate);
                assertLe(rate, 3500);
                if (d.kind != Distribution.Kind.Dividend) rate = 0;
                assertEq(paid, part - part * rate / 10_000, "paid");
            }
            if (d.status != Distribution.Status.Open) continue;
            uint256 left = d.pool - entitlements;
            assertEq(d.unclaimed, d.unclaimedShares == 0 ? 0 : left, "unclaimed");
            assertLe(claimants.paidOut(id), d.pool, "more than the pool");
        }
    }

    /// @dev Every unit that was ever funded is here, or was paid to a holder, or to the company as withheld or returned.
    function invariant_MoneyGoesNowhereElse() public view {
        uint256 paidOut = 0;
        for (uint256 id = 1; id <= payout.distributionCount(); ++id) {
            paidOut += claimants.paidOut(id);
        }
        uint256 in_ = company.funded() + claimants.gifts();
        assertEq(in_, dollar.balanceOf(address(payout)) + paidOut + company.taken());
        address[5] memory others = [admin, operator, registrar, guardian, recoverer];
        for (uint256 i = 0; i < others.length; ++i) {
            assertEq(dollar.balanceOf(others[i]), 0, "nothing for anyone else");
        }
    }
}
