// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Position} from "../../../src/settlement/Conserved.sol";
import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract ClaimTest is TrustStage {
    function test_NothingIsLeftWhileItGoesOn() public {
        openListedTrust(listedDeed());
        refused(plainly(TrustRecords.TrustGoesOn.selector));
        trust.claim(key(x), address(dollar));
    }

    function test_RefusesAnotherAsset() public {
        openListedTrust(listedDeed());
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.AssetNotHeld.selector, address(this)));
        trust.claim(key(x), address(this));
    }

    function testFuzz_PaysByUnitsAndStaysSolvent(uint256 amount, uint64[3] memory units, uint256 late) public {
        Deed memory deed = listedDeed();
        uint256 total = 0;
        for (uint256 i = 0; i < 3; ++i) {
            deed.beneficiaries[i].units = uint64(bound(units[i], 1, type(uint64).max / 3));
            total += deed.beneficiaries[i].units;
        }
        amount = bound(amount, total, type(uint104).max / 2);
        late = bound(late, total, type(uint104).max / 2);
        openTrust(deed);
        funds(address(dollar), amount);
        terminated();
        assertEq(claims(x), amount * deed.beneficiaries[0].units / total);
        dollar.mint(address(trust), late);
        trust.takeIn(address(dollar));
        claims(y);
        claims(x);
        claims(z);
        address[3] memory all = [x, y, z];
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(dollar.balanceOf(all[i]), (amount + late) * deed.beneficiaries[i].units / total);
        }
        Position memory position = trust.conserved()[0];
        assertEq(position.held, position.owed);
        assertLe(position.held, 2, "what division leaves over");
        requireHistory();
    }

    function testFuzz_SharesComeOutEven(uint64 shares, uint64[3] memory units, uint256 order) public {
        Deed memory deed = listedDeed();
        uint256 total = 0;
        for (uint256 i = 0; i < 3; ++i) {
            deed.beneficiaries[i].units = uint64(bound(units[i], 1, 1e12));
            total += deed.beneficiaries[i].units;
        }
        openTrust(deed);
        shares = uint64(bound(shares, 1, type(uint64).max));
        funds(address(class), shares);
        terminated();
        address[3] memory all = [x, y, z];
        uint256 first = order % 3;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 got = claims(all[(first + i) % 3], address(class));
            uint256 quota = uint256(shares) * deed.beneficiaries[(first + i) % 3].units / total;
            assertApproxEqAbs(got, quota, 2, "within two of its quota");
        }
        assertEq(class.balanceOf(address(trust)), 0, "not one is left");
        assertEq(trust.conserved()[1].owed, 0);
        requireHistory();
    }

    function test_ASplitInBetweenMakesNoDifference() public {
        openListedTrust(listedDeed());
        terminated();
        assertEq(claims(x, address(class)), 500);
        class.mint(address(trust), 500);
        assertEq(trust.conserved()[1].owed, 1000, "all that is here is theirs");
        assertEq(claims(y, address(class)), 600, "300 before two for one");
        assertEq(claims(z, address(class)), 400);
    }

    function test_PaysNobodyTwice() public {
        openListedTrust(listedDeed());
        terminated();
        claims(x);
        claims(x, address(class));
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(dollar));
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(class));
    }

    function test_PaysNobodyElse() public {
        openListedTrust(listedDeed());
        terminated();
        address[4] memory others = [issuer, t1, outsider, worker];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(plainly(TrustRecords.NothingToPay.selector));
            vm.prank(others[i]);
            trust.claim(key(others[i]), address(dollar));
        }
        (address wallet, uint256 units, uint256 total) = trust.entitlementOf(key(y));
        assertEq(wallet, y);
        assertEq(units, 30);
        assertEq(total, 100);
        vm.expectEmit(address(trust));
        emit TrustRecords.InterestPaid(key(y), y, address(dollar), 3000 * DOLLAR);
        claims(y);
    }

    // ------------------------------------------------------------------------------------------ proceeds

    function test_PaysOutsidersOnly() public {
        openTrust(proceedsDeed());
        bindRound();
        round.allot(idOf(x), x, 300, true);
        round.allot(idOf(y), y, 100, true);
        round.allot(idOf(worker), worker, 600, false);
        settleRound(1000 * DOLLAR);
        terminated();
        assertEq(claims(x), 750 * DOLLAR);
        assertEq(claims(y), 250 * DOLLAR);
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(idOf(worker), address(dollar));
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(idOf(z), address(dollar));
    }

    function test_PaysAllWhenNobodyIsOutside() public {
        openTrust(proceedsDeed());
        bindRound();
        round.allot(idOf(worker), worker, 600, false);
        settleRound(1000 * DOLLAR);
        terminated();
        assertEq(claims(worker), 1000 * DOLLAR);
    }

    function test_WaitsForTheRound() public {
        openTrust(proceedsDeed());
        bindRound();
        round.allot(idOf(x), x, 300, true);
        terminated();
        round.become(IProceedsRound.Status.Settling);
        refused(
            abi.encodeWithSelector(
                TrustRecords.RoundNotSettled.selector, address(round), IProceedsRound.Status.Settling
            )
        );
        trust.claim(idOf(x), address(dollar));
    }

    function test_PaysTheSettlorWhenThereIsNobodyElse() public {
        openTrust(proceedsDeed());
        dollar.mint(address(trust), 70);
        terminated();
        trust.takeIn(address(dollar));
        trust.claim(key(issuer), address(dollar));
        assertEq(dollar.balanceOf(issuer), 70);
        openTrust(proceedsDeed());
        bindRound();
        round.become(IProceedsRound.Status.Failed);
        offices.end();
        dollar.mint(address(trust), 30);
        trust.takeIn(address(dollar));
        registry.know(issuer);
        registry.succeed(issuer, worker);
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, issuer, worker));
        trust.claim(key(issuer), address(dollar));
        offices.moveRecipient(issuer);
        trust.claim(key(issuer), address(dollar));
        assertEq(dollar.balanceOf(worker), 30);
    }

    /// @dev Whatever is longer than a wallet is an identity.
    function test_TheSmallestIdentityIsNoWallet() public {
        bytes32 smallest = bytes32(uint256(1) << 160);
        openTrust(proceedsDeed());
        bindRound();
        round.allot(smallest, x, 300, true);
        settleRound(1000 * DOLLAR);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.RecoveryPending.selector, smallest));
        trust.claim(smallest, address(dollar));
    }

    // ------------------------------------------------------------------------------------------ payees

    function test_ABlockedPayeeHoldsNobodyUp() public {
        openProceedsTrust(proceedsDeed());
        executed(1);
        dollar.blacklist(x, true);
        dollar.blacklist(platform, true);
        terminated();
        refused(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, x));
        trust.claim(idOf(x), address(dollar));
        refused(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, platform));
        trust.payFee();
        claims(y);
        claims(z);
        dollar.blacklist(x, false);
        claims(x);
        dollar.blacklist(platform, false);
        trust.payFee();
        assertLe(held(), 2);
    }

    function test_NobodyPushesDuringARecovery() public {
        openProceedsTrust(proceedsDeed());
        terminated();
        registry.announce(x, true);
        refused(abi.encodeWithSelector(TrustRecords.RecoveryPending.selector, idOf(x)));
        trust.claim(idOf(x), address(dollar));
        registry.succeed(x, worker);
        refused(abi.encodeWithSelector(TrustRecords.RecoveryPending.selector, idOf(x)));
        trust.claim(idOf(x), address(dollar));
        openListedTrust(listedDeed());
        terminated();
        registry.announce(y, true);
        refused(abi.encodeWithSelector(TrustRecords.RecoveryPending.selector, idOf(y)));
        trust.claim(key(y), address(dollar));
    }

    function test_TheWalletItselfWaitsForNobody() public {
        openProceedsTrust(proceedsDeed());
        terminated();
        registry.announce(x, true);
        vm.prank(x);
        trust.claim(idOf(x), address(dollar));
        assertEq(dollar.balanceOf(x), 66_648 * DOLLAR);
        openListedTrust(listedDeed());
        terminated();
        registry.announce(y, true);
        vm.prank(y);
        trust.claim(key(y), address(dollar));
        assertEq(dollar.balanceOf(y), 3000 * DOLLAR);
    }

    function test_PaysTheSuccessor() public {
        openProceedsTrust(proceedsDeed());
        terminated();
        registry.succeed(x, worker);
        round.moveAllotment(idOf(x), worker);
        trust.claim(idOf(x), address(dollar));
        assertEq(dollar.balanceOf(worker), 66_648 * DOLLAR);
    }

    function testFuzz_AShortfallIsSharedEvenly(uint256 wiped) public {
        openListedTrust(listedDeed());
        terminated();
        uint256 all = 10_000 * DOLLAR;
        wiped = bound(wiped, 1, all);
        dollar.wipe(address(trust), wiped);
        recorder.capture();
        vm.expectPartialRevert(TrustRecords.ShortfallNotAccepted.selector);
        trust.claim(key(x), address(dollar));
        recorder.forget();
        address[3] memory payees = [y, x, z];
        uint256[3] memory units = [uint256(30), 50, 20];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(payees[i]);
            trust.claim(key(payees[i]), address(dollar));
            assertApproxEqAbs(dollar.balanceOf(payees[i]), (all - wiped) * units[i] / 100, 3);
        }
        requireHistory();
    }
}
