// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {IShareRegister} from "../../../src/distribution/IShareRegister.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {PayoutStage} from "./PayoutStage.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract DistributionClaimTest is PayoutStage {
    function test_RevertsWithNotInStatus() public {
        vm.expectRevert(notInStatus(1, Distribution.Status.None, Distribution.Status.Funded));
        claims(1, alice);
        uint256 id = declares(600);
        passesTo(recordDate);
        vm.expectRevert(notInStatus(id, Distribution.Status.Declared, Distribution.Status.Funded));
        claims(id, alice);
    }

    function test_RevertsWithNotInStatusWhereItGoesBackToTheCompany() public {
        for (uint256 i = 0; i < 3; ++i) {
            register.set(FIRST, everyone()[i], 0);
        }
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate);
        vm.expectRevert(notInStatus(id, Distribution.Status.Returned, Distribution.Status.Open));
        claims(id, alice);
    }

    function test_RevertsWithRecordDateNotReached() public {
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate - 1);
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecordDateNotReached.selector, recordDate, recordDate - 1));
        claims(id, alice);
    }

    function test_OpensTheClaimsFirst() public {
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate);
        assertEq(claims(id, alice), 300);
        assertStatus(id, Distribution.Status.Open);
        requireFolded();
    }

    function test_RevertsWithNothingToClaim() public {
        uint256 id = pays(600);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NothingToClaim.selector, id, outsider));
        claims(id, outsider);
    }

    function test_RevertsWithAlreadyClaimed() public {
        uint256 id = pays(600);
        claims(id, alice);
        vm.expectRevert(abi.encodeWithSelector(Distribution.AlreadyClaimed.selector, id, alice));
        claims(id, alice);
        assertEq(dollar.balanceOf(alice), 300);
    }

    function testFuzz_PaysTheFloorOfTheCallersPart(uint96 amount, uint64[3] memory shares) public {
        amount = uint96(bound(amount, 1, 10_000_000e6));
        uint256 supply = 0;
        for (uint256 i = 0; i < 3; ++i) {
            shares[i] = uint64(bound(shares[i], 1, uint64(type(int64).max) / 3));
            supply += shares[i];
            register.set(FIRST, everyone()[i], shares[i]);
        }
        uint256 id = pays(amount);
        uint256 sum = 0;
        for (uint256 i = 0; i < 3; ++i) {
            address holder = everyone()[i];
            uint256 due = uint256(amount) * shares[i] / supply;
            vm.expectEmit(address(payout));
            emit Distribution.DistributionClaimed(id, holder, holder, due, 0, due);
            assertEq(claims(id, holder), due, "paid");
            assertEq(dollar.balanceOf(holder), due, "received");
            sum += due;
            assertEq(owed(), amount - sum, "owed");
        }
        assertLe(amount - sum, 2, "dust");
        assertEq(payout.carried(), amount - sum, "carried");
        assertEq(unclaimed(id), 0, "unclaimed");
        requireFolded();
    }

    function test_TellsWhatIsDueUntilItWasClaimed() public {
        uint256 id = declares(600);
        funds(id);
        assertEq(payout.dueTo(id, alice).entitlement, 0, "not open");
        passesTo(recordDate);
        payout.openClaims(id);
        Distribution.Due memory due = payout.dueTo(id, alice);
        assertEq(due.payee, alice);
        assertEq(due.shares, 3);
        assertEq(due.entitlement, 300);
        assertEq(due.withheld, 0);
        assertFalse(payout.isClaimed(id, alice));
        claims(id, alice);
        assertTrue(payout.isClaimed(id, alice));
        assertFalse(payout.isClaimed(id, bob));
        assertEq(payout.dueTo(id, alice).entitlement, 0, "claimed");
    }

    function test_PaysThePayeeThatTheCallerSet() public {
        uint256 id = pays(600);
        vm.prank(alice);
        payout.setPayee(outsider);
        assertEq(payout.dueTo(id, alice).payee, outsider);
        claims(id, alice);
        assertEq(dollar.balanceOf(outsider), 300);
        assertEq(dollar.balanceOf(alice), 0);
    }

    function test_PaysAHolderWhoIsRevokedOrWasNeverAttested() public {
        register.set(FIRST, outsider, 6);
        revoke(alice);
        uint256 id = pays(1200);
        assertEq(claims(id, alice), 300);
        assertEq(claims(id, outsider), 600);
    }

    function test_PaysTheSmallestUnit() public {
        uint256 id = pays(6);
        assertEq(claims(id, carol), 1);
        assertEq(dollar.balanceOf(carol), 1);
        assertEq(dollar.balanceOf(address(payout)), 5);
    }

    function test_AsksForWhatWasHeldInThePeriodBeforeSinceItsLastSplit() public {
        (uint16 period, uint16 lastSplit) = (6, 5);
        vm.mockCall(
            address(register), abi.encodeCall(IShareRegister.periodBefore, (FIRST)), abi.encode(period, lastSplit)
        );
        holdings(period);
        uint256 id = pays(600);
        vm.expectCall(address(register), abi.encodeCall(IShareRegister.balanceIn, (alice, period, lastSplit)));
        assertEq(claims(id, alice), 300);
    }

    function test_AsksTheRegistryNothing() public {
        uint256 id = pays(600);
        vm.mockCallRevert(address(registry), bytes(""), "the registry is out of order");
        assertEq(claims(id, alice), 300);
        vm.clearMockedCalls();
    }

    function test_MarksAPartThatRoundsToNothingAsClaimed() public {
        uint256 id = pays(5);
        vm.mockCallRevert(address(dollar), abi.encodeCall(IERC20.transfer, (carol, 0)), "the token moves no zero");
        assertEq(claims(id, carol), 0);
        assertTrue(payout.isClaimed(id, carol));
        assertEq(payout.distribution(id).unclaimedShares, 5);
        assertEq(unclaimed(id), 5);
    }

    function test_CarriesTheDustToTheNextOne() public {
        uint256 id = pays(605);
        assertEq(claims(id, alice) + claims(id, bob), 302 + 201);
        assertEq(payout.carried(), 0, "not before the last");
        vm.expectEmit(address(payout));
        emit Distribution.DustCarried(id, 2);
        assertEq(claims(id, carol), 100);
        assertEq(payout.carried(), 2);
        assertEq(unclaimed(id), 0);
        assertEq(owed(), 2, "still owed");
        assertEq(payout.distribution(paysAgain(598)).pool, 600);
    }

    function test_CarriesTheDustOfOneOpenedBefore() public {
        uint256 id = pays(605);
        claims(id, alice);
        claims(id, bob);
        uint256 next = paysAgain(600);
        vm.expectEmit(address(payout));
        emit Distribution.DustCarried(id, 2);
        claims(id, carol);
        assertEq(payout.carried(), 2);
        assertEq(unclaimed(id), 0);
        assertEq(payout.distribution(next).pool, 600, "not to one that is open already");
        assertEq(owed(), 602);
        requireFolded();
    }

    function test_SaysNothingOfDustWhereThereIsNone() public {
        uint256 id = pays(600);
        claims(id, alice);
        claims(id, bob);
        vm.expectEmit(address(payout), 0);
        emit Distribution.DustCarried(id, 0);
        claims(id, carol);
    }

    function test_CarriesNothingWhenNothingIsLeft() public {
        uint256 id = pays(600);
        assertEq(pushesAll(id), 3);
        uint256 next = paysAgain(600);
        claims(next, alice);
        claims(next, bob);
        paysAgain(600);
        requireFolded();
        uint256 events = recorder.eventsOf(address(payout));
        claims(next, carol);
        requireFolded();
        assertEq(recorder.eventsOf(address(payout)), events + 1, "and says nothing of it");
        assertEq(payout.carried(), 0);
        assertEq(owed(), 600);
    }

    function test_KeepsEachClaimApart() public {
        uint256 many = 80 + 256 + 2;
        for (uint256 i = 1; i <= many; ++i) {
            uint256 id = i == 1 ? pays(6) : paysAgain(6);
            if (i % 3 == 0) claims(id, alice);
        }
        for (uint256 i = 1; i <= many; ++i) {
            assertEq(payout.isClaimed(i, alice), i % 3 == 0, "claimed");
            assertFalse(payout.isClaimed(i, bob), "not claimed");
        }
        for (uint256 i = 1; i <= many; ++i) {
            if (i % 3 == 0) vm.expectRevert(abi.encodeWithSelector(Distribution.AlreadyClaimed.selector, i, alice));
            claims(i, alice);
            assertEq(claims(i, bob), 2);
            assertTrue(payout.isClaimed(i, alice) && payout.isClaimed(i, bob), "claimed since");
        }
        assertEq(payout.accountOf(alice).claimed, type(uint80).max, "the first 80 beside the payee");
        assertEq(dollar.balanceOf(alice), 3 * many);
        assertEq(owed(), many, "carol's");
        requireFolded();
    }

    function test_WithholdsFromADividendAndCreditsTheCompany() public {
        attestsWithholding(alice, 1501);
        notes(alice);
        uint256 id = pays(6000);
        assertEq(payout.dueTo(id, alice).withheld, 450);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionClaimed(id, alice, alice, 3000, 450, 2550);
        assertEq(claims(id, alice), 2550);
        assertEq(dollar.balanceOf(alice), 2550);
        assertEq(payout.companyCredit(), 450, "floor of 15.01 %");
        assertEq(unclaimed(id), 3000);
        assertEq(owed(), 3450);
        assertEq(claims(id, bob), 2000, "only whom it was noted for");
        requireFolded();
    }

    function test_WithholdsToTheSmallestUnitFromALargeDividend() public {
        attestsWithholding(alice, 3333);
        notes(alice);
        uint256 id = pays(10_000_000e6);
        assertEq(claims(id, alice), 5_000_000e6 - 1_666_500e6);
        assertEq(payout.companyCredit(), 1_666_500e6);
    }

    function test_WithholdsNothingFromWhatGivesBack() public {
        attestsWithholding(alice, 3500);
        notes(alice);
        passesTo(recordDate);
        for (uint8 kind = 1; kind < 3; ++kind) {
            uint256 id = declares(Distribution.Kind(kind), FIRST, 6000);
            funds(id);
            assertEq(claims(id, alice), 3000);
        }
        assertEq(payout.companyCredit(), 0);
    }

    function test_WithholdsFromOneOpenedBefore() public {
        attestsWithholding(alice, 1000);
        notes(alice);
        uint256 id = pays(6000);
        paysAgain(600);
        assertEq(claims(id, alice), 2700);
        assertEq(payout.companyCredit(), 300);
        assertEq(unclaimed(id), 3000);
        assertEq(owed(), 3300 + 600);
        payout.payCompany();
        assertEq(dollar.balanceOf(issuer), 300);
        requireFolded();
    }

    function test_WithholdsFromEachOfSeveral() public {
        attestsWithholding(alice, 1000);
        notes(alice);
        uint256 id = pays(6000);
        uint256 next = paysAgain(6000);
        assertEq(claims(id, alice), 2700);
        assertEq(payout.dueTo(next, alice).withheld, 300);
        assertEq(claims(next, alice), 2700);
        assertEq(payout.companyCredit(), 600);
        requireFolded();
    }

    function test_WithholdsWhateverTheIndexOfTheRecordDate() public {
        uint16 last = type(uint16).max;
        attestsWithholding(alice, 1000);
        notes(alice);
        passesTo(recordDate);
        vm.mockCall(address(register), abi.encodeCall(IShareRegister.recordDates, (last)), abi.encode(recordDate));
        vm.mockCall(address(register), abi.encodeCall(IShareRegister.periodBefore, (last)), abi.encode(FIRST, 0));
        vm.mockCall(address(register), abi.encodeCall(IShareRegister.supplyAt, (last)), abi.encode(7));
        uint256 id = declares(Distribution.Kind.Dividend, last, 6000);
        funds(id);
        assertEq(claims(id, alice), 2700);
        assertEq(payout.companyCredit(), 300);
    }

    function test_RevertsAndLeavesTheClaimOpen() public {
        HostileDollar hostile = _inHostileDollars();
        uint256 id = pays(600);
        hostile.blacklist(alice, true);
        vm.expectRevert(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, alice));
        claims(id, alice);
        assertFalse(payout.isClaimed(id, alice));
        assertEq(owed(), 600);
        hostile.blacklist(alice, false);
        assertEq(claims(id, alice), 300);
    }

    function test_PaysProRataAndSaysSo() public {
        HostileDollar hostile = _inHostileDollars();
        uint256 id = pays(600);
        hostile.wipe(address(payout), 301);
        assertEq(payout.conserved()[0].owed, 600);
        assertEq(payout.conserved()[0].held, 299);
        assertEq(payout.conserved()[0].surplus, 0);
        vm.expectEmit(address(payout));
        emit Distribution.Shortfall(299, 600);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionClaimed(id, alice, alice, 300, 0, 149);
        assertEq(claims(id, alice), 149);
        assertEq(owed(), 300, "what alice took is settled");
        assertTrue(payout.isClaimed(id, alice));
    }

    function test_PaysThePayeeLessThanIsDueIfItsHolderAsks() public {
        HostileDollar hostile = _inHostileDollars();
        uint256 id = pays(600);
        vm.prank(alice);
        payout.setPayee(outsider);
        hostile.wipe(address(payout), 301);
        assertEq(claims(id, alice), 149);
        assertEq(hostile.balanceOf(outsider), 149);
    }

    function testFuzz_PaysEveryoneTheSameShareOfWhatIsLeft(uint96 amount, uint96 wiped) public {
        HostileDollar hostile = _inHostileDollars();
        amount = uint96(bound(amount, 600, type(uint96).max));
        wiped = uint96(bound(wiped, 1, amount));
        uint256 id = pays(amount);
        hostile.wipe(address(payout), wiped);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 due = payout.dueTo(id, everyone()[i]).entitlement;
            uint256 paid = claims(id, everyone()[i]);
            assertApproxEqAbs(paid, due * (amount - wiped) / amount, 3, "within the rounding of those before");
        }
    }

    function _inHostileDollars() private returns (HostileDollar hostile) {
        hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
    }
}
