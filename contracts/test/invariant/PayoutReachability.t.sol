// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {PayoutsAtLarge} from "./PayoutsAtLarge.sol";
import {Reached} from "./Reached.sol";

/// @notice The actors of the distributions' invariants, walked by a seed: what cannot be reached is not tested by them.
contract PayoutReachabilityTest is PayoutsAtLarge, Reached {
    uint256 private constant WALKS = 60;
    uint256 private constant STEPS = 64;

    struct Ends {
        uint256[5] statuses;
        uint256[3] kinds;
        uint256 claimed;
        uint256 claimedOfPast;
        uint256 carried;
        uint256 withheld;
        uint256 companyPaid;
        uint256 fromSurplus;
        uint256 succeeded;
        uint256 payees;
        uint256 noted;
    }

    function test_TheActorsReachEveryEndOfADistributionAndEveryRefusal() public {
        Ends memory reached;
        Reach memory refusals = reachOf(_reasons());
        Reach memory never = reachOf(_beyondThem());
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(seed % 20, seed >> 8, seed >> 72, seed >> 136);
            }
            _note(reached);
            _notes(refusals);
            _notes(never);
            assertTrue(vm.revertToStateAndDelete(state));
            recorder.forget();
        }
        assertReached(refusals, 5);
        assertNever(never);
        for (uint256 i = 1; i < 5; ++i) {
            assertGt(reached.statuses[i], 0, string.concat("status ", vm.toString(i)));
        }
        for (uint256 i = 0; i < 3; ++i) {
            assertGt(reached.kinds[i], WALKS / 4, string.concat("kind ", vm.toString(i)));
        }
        assertGt(reached.claimed, WALKS, "claimed");
        assertGt(reached.claimedOfPast, WALKS / 4, "claimed after another was opened");
        assertGt(reached.carried, 0, "dust carried");
        assertGt(reached.withheld, 0, "withheld");
        assertGt(reached.companyPaid, 0, "the company paid");
        assertGt(reached.fromSurplus, 0, "funded from a surplus");
        assertGt(reached.succeeded, 0, "a successor paid");
        assertGt(reached.payees, WALKS / 4, "a payee set");
        assertGt(reached.noted, 0, "a rate noted");
    }

    function _step(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 0) company.setRecordDate(a);
        else if (kind == 1) company.declare(uint8(a), uint16(b), uint96(c));
        else if (kind == 2) company.declareAndFund(uint8(a), uint16(b), uint96(c));
        else if (kind == 3) company.fund(a);
        else if (kind == 4) company.fundFromSurplus(a);
        else if (kind == 5) company.takeCredit(a);
        else if (kind == 6) company.issue(a, uint64(b));
        else if (kind == 7) company.split(uint64(a));
        else _holdersStep(kind, a, b, c);
    }

    function _holdersStep(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 8) claimants.claim(a, b);
        else if (kind == 9) claimants.push(a, b, c);
        else if (kind == 10) claimants.pushMany(a, b, c, b >> 8);
        else if (kind == 11) claimants.openClaims(a, b);
        else if (kind == 12) claimants.setPayee(a, b);
        else if (kind == 13) claimants.followSuccessor(a, b);
        else if (kind == 14) claimants.transfer(a, b, c);
        else if (kind == 15) claimants.give(a);
        else if (kind == 16 && a % 8 == 0) claimants.err(b, c);
        else if (kind == 16) claimants.trespass(a, b, uint8(c));
        else if (kind == 17) claimants.wait(a);
        else _othersStep(kind, a, b, c);
    }

    function _othersStep(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 18) attesters.attestRate(a, uint16(b));
        else if (a % 2 == 0) attesters.note(b, uint16(c));
        else if (a % 3 == 0) claimants.sellOut(b, uint96(c));
        else if (a % 5 == 0) attesters.revoke(b);
        else _recovers(b);
    }

    /// @dev A dividend that others push waits meanwhile.
    function _recovers(uint256 seed) private {
        attesters.announce(seed);
        claimants.push(seed >> 8, 1, seed);
        attesters.confirm(seed);
        attesters.execute(seed);
    }

    function _note(Ends memory reached) private view {
        uint256 latest = 0;
        for (uint256 id = payout.distributionCount(); id > 0; --id) {
            Distribution.Overview memory d = payout.distribution(id);
            ++reached.statuses[uint256(d.status)];
            ++reached.kinds[uint256(d.kind)];
            if (d.status != Distribution.Status.Open) continue;
            if (latest != 0 && claimants.paidOut(id) > 0) ++reached.claimedOfPast;
            latest = id;
            if (d.pool > d.amount) ++reached.carried;
        }
        reached.claimed += claimants.claimed();
        reached.noted += attesters.noted();
        if (payout.companyCredit() > 0) ++reached.withheld;
        if (company.taken() > 0) ++reached.companyPaid;
        if (company.fromSurplus() > 0) ++reached.fromSurplus;
        for (uint256 i = 0; i < wallets.length; ++i) {
            Distribution.Account memory account = payout.accountOf(wallets[i]);
            if (account.succeeded && dollar.balanceOf(account.payee) > 0) ++reached.succeeded;
            if (!account.succeeded && account.payee != address(0)) ++reached.payees;
        }
    }

    function _notes(Reach memory reach) private view {
        add(reach, company.times);
        add(reach, claimants.times);
        add(reach, attesters.times);
    }

    /// @dev Every reason that a distribution has, but those that come next.
    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[15] memory list = [
            Distribution.NotTheController.selector,
            Distribution.NothingToDistribute.selector,
            Distribution.NotInStatus.selector,
            Distribution.UnknownRecordDate.selector,
            Distribution.RecordDateNotReached.selector,
            Distribution.RecordDatePassed.selector,
            Distribution.SurplusTooSmall.selector,
            Distribution.AlreadyClaimed.selector,
            Distribution.NothingToClaim.selector,
            Distribution.RecoveryPending.selector,
            Distribution.WalletWasSucceeded.selector,
            Distribution.NotSucceeded.selector,
            Distribution.PayeeIsDistribution.selector,
            Distribution.OnlyItself.selector,
            Distribution.NothingToPay.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }

    /// @dev This token does what it should (`hostile/HostilePayouts` has others), and no holder is a trust.
    function _beyondThem() private pure returns (bytes4[] memory all) {
        bytes4[4] memory list = [
            Distribution.HoldsLessThanItOwes.selector,
            Distribution.WrongAmountReceived.selector,
            Distribution.ShortfallNotAccepted.selector,
            Distribution.TrustHoldsOtherMoney.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }
}
