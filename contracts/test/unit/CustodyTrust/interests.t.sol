// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deed} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract InterestsTest is TrustStage {
    function setUp() public override {
        super.setUp();
        Deed memory deed = listedDeed();
        deed.terms.shareClass = address(0);
        deed.tranches[0].inShares = false;
        deed.tranches[1].inShares = false;
        openListedTrust(deed);
    }

    function assigns(address from, address to, uint64 units) private {
        vm.prank(from);
        offices.assign(to, units);
    }

    function test_UnitsAreAssigned() public {
        backs(x, books.removalMotion(t1));
        vm.expectEmit(address(trust));
        emit TrustRecords.UnitsAssigned(x, outsider, 20);
        assigns(x, outsider, 20);
        assigns(x, y, 10);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.removalMotion(t1), 20, 100));
        offices.removeTrustee(t1, one(x));
        terminated();
        assertEq(claims(x), 2000 * DOLLAR);
        assertEq(claims(y), 4000 * DOLLAR);
        assertEq(claims(outsider), 2000 * DOLLAR);
        assertEq(claims(z), 2000 * DOLLAR);
        assertEq(books.interestOf(key(x)).unitsForShares, 20);
        assertEq(books.interestOf(key(y)).unitsForShares, 40);
    }

    function test_SpendthriftUnitsAreNot() public {
        Deed memory deed = listedDeed();
        deed.terms.spendthrift = true;
        openListedTrust(deed);
        refused(plainly(TrustRecords.UnitsNotAssignable.selector));
        assigns(x, outsider, 50);
    }

    function test_AllotmentsAreNot() public {
        openProceedsTrust(proceedsDeed());
        refused(plainly(TrustRecords.UnitsNotAssignable.selector));
        assigns(x, outsider, 50);
    }

    function test_RefusesNobodyAndOneself() public {
        refused(plainly(TrustRecords.UnitsNotAssignable.selector));
        assigns(x, address(0), 50);
        refused(plainly(TrustRecords.UnitsNotAssignable.selector));
        assigns(x, x, 50);
    }

    function test_RefusesMoreThanOneHas() public {
        refused(abi.encodeWithSelector(TrustRecords.NotEnoughUnits.selector, 50, 51));
        assigns(x, y, 51);
        refused(abi.encodeWithSelector(TrustRecords.NotEnoughUnits.selector, 50, 0));
        assigns(x, y, 0);
        refused(abi.encodeWithSelector(TrustRecords.NotEnoughUnits.selector, 0, 1));
        assigns(outsider, y, 1);
    }

    function test_AnInterestInSharesIsNotSplit() public {
        openListedTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.NotEnoughUnits.selector, 50, 49));
        assigns(x, outsider, 49);
        assigns(x, outsider, 50);
        terminated();
        assertEq(claims(outsider, address(class)), 500);
    }

    function test_TrusteesBuyNoUnits() public {
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, t1));
        assigns(x, t1, 50);
    }

    /// @dev Between a recovery and the move of the interest a found key is worth nothing.
    function test_ASucceededWalletAssignsNothing() public {
        registry.succeed(x, outsider);
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, x, outsider));
        assigns(x, y, 50);
        offices.moveInterest(x);
        assigns(outsider, y, 50);
        assertEq(books.interestOf(key(y)).units, 80);
    }

    function test_NothingIsAssignedAfterTheEnd() public {
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        assigns(x, y, 50);
    }

    function test_AnInterestFollowsItsPerson() public {
        registry.succeed(x, outsider);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, x, outsider));
        trust.claim(key(x), address(dollar));
        vm.expectEmit(address(trust));
        emit TrustRecords.InterestMoved(x, outsider, 50);
        offices.moveInterest(x);
        assertEq(claims(outsider), 5000 * DOLLAR);
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(dollar));
    }

    function test_NothingIsClaimedTwiceByMoving() public {
        openListedTrust(listedDeed());
        terminated();
        claims(x);
        claims(x, address(class));
        registry.succeed(x, y);
        offices.moveInterest(x);
        assertEq(claims(y), 3000 * DOLLAR);
        assertEq(claims(y, address(class)), 300);
    }

    function test_RefusesAWalletWithoutAnInterest() public {
        refused(abi.encodeWithSelector(TrustRecords.NotABeneficiary.selector, outsider));
        offices.moveInterest(outsider);
    }

    function test_RefusesAWalletWithoutASuccessor() public {
        refused(abi.encodeWithSelector(TrustRecords.NoSuccessor.selector, x));
        offices.moveInterest(x);
    }

    function test_ARecipientIsFollowed() public {
        registry.succeed(worker, t4);
        vm.expectEmit(address(trust));
        emit TrustRecords.RecipientMoved(worker, t4);
        offices.moveRecipient(worker);
        registry.succeed(t4, outsider);
        offices.moveRecipient(worker);
        executed(3);
        assertEq(dollar.balanceOf(outsider), 940 * DOLLAR);
    }

    function test_EveryRecipientIsFollowed() public {
        Deed memory deed = listedDeed();
        deed.tranches[0].recipient = t4;
        deed.tranches[3].recipient = z;
        openListedTrust(deed);
        registry.succeed(t4, outsider);
        registry.succeed(z, outsider);
        vm.expectEmit(address(trust));
        emit TrustRecords.RecipientMoved(t4, outsider);
        offices.moveRecipient(t4);
        vm.expectEmit(address(trust));
        emit TrustRecords.RecipientMoved(z, outsider);
        offices.moveRecipient(z);
    }

    function test_RefusesANonRecipient() public {
        refused(abi.encodeWithSelector(TrustRecords.NotABeneficiary.selector, x));
        offices.moveRecipient(x);
    }

    function test_RefusesARecipientWithoutASuccessor() public {
        refused(abi.encodeWithSelector(TrustRecords.NoSuccessor.selector, worker));
        offices.moveRecipient(worker);
    }
}
