// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {ClassTerms} from "../../src/share/ClassTerms.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {Beneficiary, Deed} from "../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {EndReason} from "../../src/trust/TrustWords.sol";
import {Calendar} from "../Calendar.sol";
import {SharesInTrust} from "./SharesInTrust.sol";

/// @notice A nominee trust holds 1,003 shares for X, Y and Z, who have 5, 3 and 2 of 10 units, in a class with a cap on
/// holders. Y assigns to W, Z's key is lost, a dividend is paid through the trust, and its end hands the shares over. How
/// the numbers split is made up.
contract NomineeTrustTest is SharesInTrust {
    uint256 private constant DIVIDEND = 1000 * DOLLAR;
    /// @dev 1,003 of 1,500 shares.
    uint256 private constant DUE = 668_666_666;
    /// @dev A sixth of one percent of that: three trustees, half of the time until the long stop.
    uint256 private constant FEE = 1_114_444;

    address private sponsor = makeAddr("sponsor");
    address private newZ = makeAddr("new wallet of Z");
    address private alice;
    address private bob;
    address private carol;
    address private x;
    address private y;
    address private z;
    address private w;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        (alice, bob, carol) = (retail("alice", 0), retail("bob", 0), retail("carol", 0));
        (x, y, z, w) = (retail("X", 0), retail("Y", 0), retail("Z", 0), retail("W", 0));
    }

    function test_HandsOverToThoseBehindItWhatWasTheirsAllAlong() public {
        _holdsUnderACapOf(7);
        _isPaidADividend();
        _thoseBehindItChange();
        _settlorAndBeneficiariesEndIt();
        _handsTheSharesOver();
        _handsTheMoneyOver();
        assertEq(share.totalSupply(), 1500, "supply");
        assertEq(share.balanceOf(alice) + share.balanceOf(bob), 497);
        assertEq(share.balanceOf(x) + share.balanceOf(w) + share.balanceOf(newZ), 1003);
        requireHistories();
    }

    /// @dev Under a full cap the shares wait for a place, and nothing else does.
    function test_CountsThoseBehindItThroughUnderAFullCap() public {
        _holdsUnderACapOf(5);
        refused(transferRefused(alice, carol, 10, Refusal.HolderCapReached));
        transfers(alice, carol, 10);
        _takesInMoney(1000 * DOLLAR);
        terminates(trusteeOne);
        terminates(trusteeTwo);
        address[3] memory behind = [x, y, z];
        uint256[3] memory money = [500 * DOLLAR, 300 * DOLLAR, 200 * DOLLAR];
        uint256[3] memory waiting = [uint256(501), 300, 200];
        for (uint256 i = 0; i < 3; ++i) {
            refused(transferRefused(address(trust), behind[i], waiting[i], Refusal.HolderCapReached));
            trust.claim(key(behind[i]), address(share));
            assertEq(claims(behind[i], address(dollar)), money[i], "money waits for nobody");
        }
        assertPosition(1, address(share), 1003, 1003);

        transfers(bob, alice, 100);
        assertEq(share.holderCount(), 4, "bob leaves");
        assertEq(claims(x, address(share)), 501);
        refused(transferRefused(address(trust), y, 301, Refusal.HolderCapReached));
        trust.claim(key(y), address(share));
        transfers(x, alice, 501);
        assertEq(claims(y, address(share)), 301);
        assertEq(share.holderCount(), 5, "full again: alice, Y, and three behind the trust");
        assertEq(claims(z, address(share)), 201, "the last takes the trust's place");
        assertEq(share.holderCount(), 3, "alice, Y and Z");
        assertPosition(1, address(share), 0, 0);
        requireHistories();
    }

    /// @dev 17 CFR 227.501(a): until the lock ends shares go to accredited investors only, out of a trust too.
    function test_SharesUnderALockWaitForItsEndOrForOneWhoMayHoldThem() public {
        _holdsUnderACapOf(7);
        uint64 lockedUntil = uint64(Calendar.day(2018, 5, 9));
        vm.prank(issuer);
        share.issueByCompany(address(trust), 997, lockedUntil);
        vm.prank(trusteeTwo);
        trust.takeIn(address(share));
        terminates(trusteeOne);
        terminates(trusteeThree);
        assertEq(claims(z, address(share)), 400, "free ones go first");
        refused(transferRefused(address(trust), x, 1000, Refusal.Locked));
        trust.claim(key(x), address(share));
        assertEq(claims(y, address(share)), 600, "what is free is enough");
        itIs(lockedUntil - 1);
        refused(transferRefused(address(trust), x, 1000, Refusal.Locked));
        trust.claim(key(x), address(share));
        itIs(lockedUntil);
        assertEq(claims(x, address(share)), 1000);
        assertEq(share.lockedOf(x), 0);
        assertPosition(1, address(share), 0, 0);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ the story

    function _holdsUnderACapOf(uint32 cap) private {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        (terms.holderCap, terms.smallestHolding) = (cap, 10);
        share = openClass(issuer, terms);
        issues(alice, 500);
        issues(bob, 100);
        assertEq(share.holderCount(), 2);
        opens(_deed());
        assertEq(books.persons(), 3);
        issuesInTrust(900);
        givesInTrust(alice, 103);
        assertEq(share.holderCount(), 5, "alice, bob, and three behind the trust");
        assertEq(share.holding(address(trust)).persons, 3);
        assertPosition(1, address(share), 1003, 1003);
    }

    function _isPaidADividend() private {
        payout = openDistribution();
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(Calendar.day(2017, 6, 9)));
        itIs(Calendar.day(2017, 6, 9));
        dollar.mint(issuer, DIVIDEND);
        vm.startPrank(issuer);
        dollar.approve(address(payout), DIVIDEND);
        uint256 id = payout.declareAndFund(Distribution.Kind.Dividend, recordDate, uint96(DIVIDEND), "resolution");
        vm.stopPrank();
        vm.prank(outsider);
        assertEq(payout.claimFor(id, address(trust)), DUE, "668.666666 for 1,003 shares");
        assertPosition(0, address(dollar), DUE, 0);
        refused(abi.encodeWithSelector(TrustRecords.NotATrustee.selector, x, address(trust)));
        vm.prank(x);
        trust.takeIn(address(dollar));
        vm.prank(trusteeThree);
        trust.takeIn(address(dollar));
        assertPosition(0, address(dollar), DUE, DUE);
        payout.claimFor(id, alice);
        payout.claimFor(id, bob);
        assertEq(dollar.balanceOf(alice), 264_666_666);
        assertEq(dollar.balanceOf(bob), 66_666_666);
        assertEq(payout.conserved()[0].owed, 2, "0.000002 that no share divides");
        assertEq(payout.conserved()[0].held, 2);
    }

    function _thoseBehindItChange() private {
        refused(abi.encodeWithSelector(TrustRecords.NotEnoughUnits.selector, 3, 2));
        vm.prank(y);
        offices.assign(w, 2);
        vm.prank(y);
        offices.assign(w, 3);
        refused(abi.encodeWithSelector(TrustRecords.NoSuccessor.selector, z));
        offices.moveInterest(z);
        recovers(z, newZ);
        vm.prank(outsider);
        offices.moveInterest(z);
        refused(abi.encodeWithSelector(TrustRecords.NotABeneficiary.selector, z));
        offices.moveInterest(z);
        assertEq(books.interestOf(key(newZ)).units, 2);
        assertEq(books.interestOf(key(newZ)).unitsForShares, 2);
        assertEq(share.holderCount(), 5, "still three persons behind it");
    }

    function _settlorAndBeneficiariesEndIt() private {
        uint256 fundedAt = books.tenure().fundedAt;
        itIs(fundedAt + (Calendar.day(2019, 5, 9) - fundedAt) / 2);
        bytes32 motion = books.endMotion();
        backs(sponsor, motion);
        backs(x, motion);
        backs(w, motion);
        address[] memory all = new address[](3);
        (all[0], all[1], all[2]) = (x, w, newZ);
        all = ascending(all);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 8, 10));
        offices.endByBeneficiaries(all);
        refused(abi.encodeWithSelector(TrustRecords.NotABeneficiary.selector, y));
        backs(y, motion);
        backs(newZ, motion);
        refused(abi.encodeWithSelector(TrustRecords.TrustGoesOn.selector));
        trust.claim(key(x), address(share));
        offices.endByBeneficiaries(all);
        assertEnded(EndReason.BeneficiariesDecided);
        assertPosition(0, address(dollar), DUE, DUE);
        assertPosition(1, address(share), 1003, 1003);
    }

    function _handsTheSharesOver() private {
        assertEq(claims(x, address(share)), 501, "5 of 10 units");
        assertEq(claims(w, address(share)), 301, "3 of the 5 that are left");
        assertEq(share.holderCount(), 7);
        refused(transferRefused(alice, carol, 10, Refusal.HolderCapReached));
        transfers(alice, carol, 10);
        refused(abi.encodeWithSelector(TrustRecords.NothingToPay.selector));
        trust.claim(key(z), address(share));
        assertPosition(1, address(share), 201, 201);
        assertEq(claims(newZ, address(share)), 201);
        assertPosition(1, address(share), 0, 0);
        assertEq(share.holderCount(), 5, "alice, bob, X, W and Z");
        refused(abi.encodeWithSelector(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(share));
        transfers(alice, carol, 10);
        assertEq(share.holderCount(), 6);
        transfers(carol, alice, 10);
    }

    function _handsTheMoneyOver() private {
        uint256 endedAt = books.tenure().endedAt;
        refused(abi.encodeWithSelector(TrustRecords.StatementOverdue.selector, endedAt, block.timestamp));
        trust.payTrusteeFee(trusteeOne);
        vm.prank(trusteeTwo);
        offices.attestStatement(uint40(endedAt), keccak256("last accounts"));
        trust.payTrusteeFee(trusteeOne);
        trust.payTrusteeFee(trusteeTwo);
        assertEq(dollar.balanceOf(trusteeOne), FEE);
        assertEq(claims(x, address(dollar)), 332_661_667, "5 of 10");
        assertEq(claims(w, address(dollar)), 199_597_000, "3 of 10");
        assertEq(claims(newZ, address(dollar)), 133_064_666, "2 of 10");
        assertPosition(0, address(dollar), FEE + 1, FEE + 1);
        trust.payTrusteeFee(trusteeThree);
        assertPosition(0, address(dollar), 1, 1);
        assertEq(dollar.balanceOf(y) + dollar.balanceOf(z) + dollar.balanceOf(sponsor), 0);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _deed() private view returns (Deed memory deed) {
        deed = shareDeed(sponsor, x);
        deed.terms.settlementToken = address(dollar);
        deed.terms.trusteeFeeBps = 100;
        deed.terms.longStop = uint40(Calendar.day(2019, 5, 9));
        deed.beneficiaries = new Beneficiary[](3);
        deed.beneficiaries[0] = Beneficiary(x, 5);
        deed.beneficiaries[1] = Beneficiary(y, 3);
        deed.beneficiaries[2] = Beneficiary(z, 2);
    }

    function _takesInMoney(uint256 amount) private {
        dollar.mint(address(trust), amount);
        vm.prank(trusteeOne);
        trust.takeIn(address(dollar));
    }
}
