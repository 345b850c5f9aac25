// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ITrustBooks} from "../../../src/trust/ICustodyTrust.sol";
import {ITrustees} from "../../../src/vote/ITrustees.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {HookedDollar} from "./HookedDollar.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionClaimForTest is PayoutStage {
    address private successor = makeAddr("successor");

    function test_PaysTheHolderByAnyone() public {
        uint256 id = pays(600);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionClaimed(id, alice, alice, 300, 0, 300);
        assertEq(pushes(id, alice), 300);
        assertEq(dollar.balanceOf(alice), 300);
        requireFolded();
    }

    function test_RevertsWithAlreadyClaimedTheSecondTime() public {
        uint256 id = pays(600);
        pushes(id, alice);
        vm.expectRevert(abi.encodeWithSelector(Distribution.AlreadyClaimed.selector, id, alice));
        pushes(id, alice);
    }

    function test_PaysWhoeverItCanAndCountsThem() public {
        uint256 id = pays(600);
        assertEq(pushesAll(id), 3);
        assertEq(dollar.balanceOf(alice), 300);
        assertEq(dollar.balanceOf(bob), 200);
        assertEq(dollar.balanceOf(carol), 100);
        assertEq(owed(), 0);
        requireFolded();
    }

    function test_OpensTheClaimsOfAFundedOneFirst() public {
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate);
        assertEq(pushesAll(id), 3);
        assertEq(owed(), 0);
    }

    function test_PassesOverWhoeverClaimedHoldsNothingOrComesTwice() public {
        uint256 id = pays(600);
        claims(id, bob);
        address[] memory holders = new address[](5);
        (holders[0], holders[1], holders[2], holders[3], holders[4]) = (bob, outsider, alice, alice, issuer);
        assertEq(pushesMany(id, holders), 1);
        assertEq(dollar.balanceOf(alice), 300);
        assertEq(dollar.balanceOf(bob), 200);
        assertEq(owed(), 100);
        requireFolded();
    }

    /// @dev What a payment logged before it was refused is recorded all the same, so nothing is folded here.
    function test_PassesOverAPayeeThatTheTokenRefuses() public {
        HostileDollar hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
        uint256 id = pays(600);
        hostile.blacklist(bob, true);
        assertEq(pushesAll(id), 2);
        assertEq(hostile.balanceOf(alice), 300);
        assertEq(hostile.balanceOf(carol), 100);
        assertFalse(payout.isClaimed(id, bob));
        assertEq(unclaimed(id), 200);
        assertEq(owed(), 200);
        hostile.blacklist(bob, false);
        assertEq(pushesAll(id), 1);
        assertEq(owed(), 0);
    }

    function test_GivesEachHolderTheSameGas() public {
        uint256 id = pays(600);
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory one = abi.encodeCall(Distribution.claimWithin, (id, everyone()[i], outsider));
            vm.expectCall(address(payout), 0, 400_000, one);
        }
        assertEq(pushesAll(id), 3);
        assertEq(payout.GAS_PER_CLAIM(), 400_000);
    }

    function test_PassesOverAPayeeWhoseHookBurnsAllGas() public {
        HookedDollar hooked = new HookedDollar();
        payout = opensPayout(address(hooked));
        uint256 id = pays(600);
        hooked.burnGasOf(alice, true);
        vm.prank(outsider);
        assertEq(payout.claimMany{gas: 3 * payout.GAS_PER_CLAIM()}(id, everyone()), 2);
        assertFalse(payout.isClaimed(id, alice));
        assertEq(hooked.balanceOf(bob), 200);
    }

    function test_CopiesNothingOfWhatAFailedPaymentAnswers() public {
        HookedDollar hooked = new HookedDollar();
        payout = opensPayout(address(hooked));
        uint256 id = pays(600);
        hooked.answerBombOf(alice, true);
        vm.prank(outsider);
        uint256 before = gasleft();
        assertEq(payout.claimMany(id, everyone()), 2);
        assertLt(before - gasleft(), payout.GAS_PER_CLAIM() + 300_000, "nobody pays for the answer but its sender");
        assertFalse(payout.isClaimed(id, alice));
    }

    function test_RevertsWithNotInStatusWhenNoClaimsAreOpen() public {
        uint256 id = declares(600);
        passesTo(recordDate);
        vm.expectRevert(notInStatus(id, Distribution.Status.Declared, Distribution.Status.Funded));
        pushesAll(id);
    }

    function test_RevertsWithOnlyItself() public {
        uint256 id = pays(600);
        vm.expectRevert(abi.encodeWithSelector(Distribution.OnlyItself.selector, alice));
        vm.prank(alice);
        payout.claimWithin(id, bob, bob);
    }

    function test_RevertsWithRecoveryPending() public {
        uint256 id = pays(600);
        announcesRecovery(alice, successor);
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecoveryPending.selector, identityOf(alice)));
        pushes(id, alice);
        assertEq(pushesAll(id), 2);
        assertFalse(payout.isClaimed(id, alice));
    }

    function test_PaysTheHolderWhoAsksItself() public {
        uint256 id = pays(600);
        announcesRecovery(alice, successor);
        assertEq(claims(id, alice), 300);
    }

    function test_PaysTheSuccessor() public {
        uint256 id = pays(600);
        vm.prank(alice);
        payout.setPayee(outsider);
        recovers(alice, successor);
        assertEq(payout.dueTo(id, alice).payee, successor);
        vm.expectEmit(address(payout));
        emit Distribution.PayeeSucceeded(alice, successor);
        assertEq(pushes(id, alice), 300);
        assertEq(dollar.balanceOf(successor), 300);
        assertEq(dollar.balanceOf(outsider) + dollar.balanceOf(alice), 0);
        uint256 next = paysAgain(600);
        assertEq(claims(next, alice), 300, "the old key asks");
        assertEq(dollar.balanceOf(successor), 600, "and the successor is paid");
        assertEq(pushes(next, bob), 200);
        requireFolded();
    }

    function test_PaysTheSuccessorOfTheSuccessor() public {
        uint256 id = pays(600);
        recovers(alice, successor);
        pushes(id, alice);
        address third = makeAddr("third");
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.CourtOrder, identityOf(alice), third, RESOLUTION);
        uint256 next = paysAgain(600);
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecoveryPending.selector, identityOf(alice)));
        pushes(next, alice);
        completesRecovery(alice);
        assertEq(pushes(next, alice), 300);
        assertEq(dollar.balanceOf(third), 300);
        assertEq(payout.accountOf(alice).payee, third);
        pushes(paysAgain(600), alice);
        assertEq(dollar.balanceOf(third), 600);
    }

    function test_PaysTheHeir() public {
        uint256 id = pays(600);
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(alice), identityOf(bob), RESOLUTION);
        completesRecovery(alice);
        assertEq(pushes(id, alice), 300);
        assertEq(dollar.balanceOf(bob), 300);
        assertEq(claims(id, bob), 200, "and the heir's own");
    }

    function test_PaysATrustThatHoldsThisMoney() public {
        address trust = _holdsThroughATrust(address(dollar));
        assertEq(pushes(pays(600), trust), 300);
        assertEq(dollar.balanceOf(trust), 300);
    }

    function test_RevertsWithTrustHoldsOtherMoneyForAnyOther() public {
        address trust = _holdsThroughATrust(address(0));
        uint256 id = pays(600);
        vm.expectRevert(abi.encodeWithSelector(Distribution.TrustHoldsOtherMoney.selector, trust, address(dollar)));
        pushes(id, trust);
        assertFalse(payout.isClaimed(id, trust));
    }

    /// @dev A wallet that nobody ever attested, and no contract of ours: nothing is known that would make a push lose it.
    function test_PaysAHolderWhomNobodyKnows() public {
        address unknown = makeAddr("unknown");
        register.set(FIRST, alice, 0);
        register.set(FIRST, unknown, 3);
        uint256 id = pays(600);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionClaimed(id, unknown, unknown, 300, 0, 300);
        assertEq(pushes(id, unknown), 300);
        assertEq(dollar.balanceOf(unknown), 300);
    }

    function test_RevertsWithShortfallNotAcceptedWhenOthersPush() public {
        (uint256 id, HostileDollar hostile) = _fallsShort();
        vm.expectRevert(abi.encodeWithSelector(Distribution.ShortfallNotAccepted.selector, outsider, alice, 300, 600));
        pushes(id, alice);
        hostile.mint(address(payout), 300);
        assertEq(pushes(id, alice), 300, "made good: paid in full, by anyone");
    }

    function test_PassesEveryoneOverInABatch() public {
        (uint256 id,) = _fallsShort();
        assertEq(pushesAll(id), 0);
        vm.prank(alice);
        assertEq(payout.claimMany(id, everyone()), 1, "but who asks for itself");
        assertFalse(payout.isClaimed(id, bob));
    }

    function test_PaysProRataWhenThePayeeAsks() public {
        (uint256 id, HostileDollar hostile) = _fallsShort();
        vm.prank(alice);
        payout.setPayee(outsider);
        assertEq(pushes(id, alice), 150);
        assertEq(hostile.balanceOf(outsider), 150);
    }

    function test_PaysATrustProRataWhenATrusteeAsks() public {
        HostileDollar hostile = new HostileDollar(6);
        address trust = _holdsThroughATrust(address(hostile));
        payout = opensPayout(address(hostile));
        uint256 id = pays(600);
        hostile.wipe(address(payout), 300);
        address[] memory trustees = new address[](2);
        (trustees[0], trustees[1]) = (makeAddr("trustee"), bob);
        vm.mockCall(trust, abi.encodeCall(ITrustees.trustees, ()), abi.encode(trustees));
        vm.expectRevert(abi.encodeWithSelector(Distribution.ShortfallNotAccepted.selector, outsider, trust, 300, 600));
        pushes(id, trust);
        vm.expectRevert(
            abi.encodeWithSelector(Distribution.ShortfallNotAccepted.selector, trustees[0], carol, 300, 600)
        );
        vm.prank(trustees[0]);
        payout.claimFor(id, carol);
        vm.prank(bob);
        assertEq(payout.claimFor(id, trust), 150);
        assertEq(hostile.balanceOf(trust), 150);
        assertTrue(payout.isClaimed(id, trust));
    }

    function _fallsShort() private returns (uint256 id, HostileDollar hostile) {
        hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
        id = pays(600);
        hostile.wipe(address(payout), 300);
    }

    /// @dev What a Directory and a trust would answer; the scenario has real ones.
    function _holdsThroughATrust(address money) private returns (address trust) {
        trust = makeAddr("trust");
        register.set(FIRST, alice, 0);
        register.set(FIRST, trust, 3);
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.kindOf, (trust)), abi.encode(ICompanies.Kind.Trust));
        vm.mockCall(trust, abi.encodeCall(ITrustBooks.settlementToken, ()), abi.encode(money));
    }
}
