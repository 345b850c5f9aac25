// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ActEvents} from "../../../src/share/ActEvents.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {ShareStage} from "./ShareStage.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Three preferred shares become two common ones.
contract ConvertTest is ShareStage {
    ShareToken private common;

    function setUp() public override {
        super.setUp();
        releases();
        common = share;
        share = _opensPreferred(common, 2, 3);
        reserves(100_000);
    }

    function test_RevertsWithNotConvertible() public {
        assertEq(common.convertsInto(), address(0));
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotConvertible.selector, address(common)));
        vm.prank(alice);
        common.convert(3);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotConvertible.selector, address(common)));
        common.conversionRate();
    }

    function test_IssuesToNoStranger() public {
        LockedLots.Lot[] memory none = new LockedLots.Lot[](0);
        address[3] memory strangers = [issuer, alice, address(_opensPreferred(share, 1, 1))];
        for (uint256 i = 0; i < strangers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ActEvents.NotConvertible.selector, strangers[i]));
            vm.prank(strangers[i]);
            common.issueConverted(alice, 1, none);
        }
        address round = makeAddr("a listed round");
        lists(round, ICompanies.Kind.Round);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotConvertible.selector, round));
        vm.prank(round);
        common.issueConverted(alice, 1, none);
    }

    function test_RevertsWithNotWhole() public {
        issues(alice, 100, 0);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotWhole.selector, 100, 2, 3));
        _converts(alice, 100);
    }

    function test_ConvertsNoMoreThanIsHeldAndNotFrozen() public {
        issues(alice, 100, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 100, 102));
        _converts(alice, 102);
        vm.expectRevert(TransferRules.NoShares.selector);
        _converts(alice, 0);
    }

    function test_RevertsWithERC7943CannotSend() public {
        issues(alice, 99, 0);
        succeeds(alice, makeAddr("alice's new wallet"));
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotSend.selector, alice));
        _converts(alice, 99);
    }

    function test_WaitsForTheAuthorisedNumber() public {
        issues(alice, 99, 0);
        vm.prank(issuer);
        common.issueByCompany(issuer, AUTHORISED - 65, 0);
        vm.expectRevert(
            abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, AUTHORISED, AUTHORISED - 65, 66)
        );
        _converts(alice, 99);
        _converts(alice, 96);
        assertEq(common.balanceOf(alice), 64);
    }

    function test_RefusesWithTheRulesOfTheOtherClass() public {
        issues(alice, 99, 0);
        revoke(alice);
        vm.expectRevert(
            abi.encodeWithSelector(TransferRules.IssuanceRefused.selector, alice, 66, Refusal.ReceiverNotEligible)
        );
        _converts(alice, 99);
        assertEq(share.balanceOf(alice), 99);
    }

    function test_EndsTheOneAndIssuesTheOther() public {
        issues(alice, 100, 0);
        vm.expectEmit(address(share));
        emit IERC20.Transfer(alice, address(0), 99);
        vm.expectEmit(address(share));
        emit ActEvents.SharesConverted(alice, address(common), 99, 66);
        vm.expectEmit(address(common));
        emit IERC20.Transfer(address(0), alice, 66);
        vm.expectEmit(address(common));
        emit TransferRules.SharesIssued(address(share), alice, 66, 0);
        vm.prank(alice);
        assertEq(share.convert(99), 66);
        assertEq(share.balanceOf(alice), 1);
        assertEq(share.totalSupply(), 1);
        assertEq(common.balanceOf(alice), 66);
        assertEq(common.totalSupply(), 66);
        assertEq(share.convertsInto(), address(common));
        requireHistories();
    }

    function test_CountsTheSplitsOfBoth() public {
        issues(alice, 99, 0);
        releases();
        vm.prank(issuer);
        common.split(5);
        splits(4);
        (address into, uint256 numerator, uint256 denominator) = share.conversionRate();
        assertEq(into, address(common));
        assertEq(numerator, 10);
        assertEq(denominator, 12);
        _converts(alice, 396);
        assertEq(common.balanceOf(alice), 330);
    }

    function test_CountsNoSplitFromBeforeTheOpening() public {
        vm.prank(issuer);
        common.split(5);
        share = _opensPreferred(common, 2, 3);
        reserves(99);
        issues(alice, 99, 0);
        _converts(alice, 99);
        assertEq(common.balanceOf(alice), 66);
    }

    function test_LetsLotsKeepTheirDates() public {
        issues(alice, 30, 0);
        issues(alice, 30, inDays(30));
        issues(alice, 30, inDays(60));
        vm.expectEmit(address(common));
        emit TransferRules.SharesIssued(address(share), alice, 20, 0);
        vm.expectEmit(address(common));
        emit TransferRules.SharesIssued(address(share), alice, 20, inDays(30));
        _converts(alice, 60);
        assertLot(alice, 0, 30, inDays(60));
        assertEq(common.lockedOf(alice), 20);
        assertEq(common.lotsOf(alice)[0].lockedUntil, inDays(30));
        requireHistories();
    }

    function testFuzz_NeverFreesALockedShare(uint64[5] memory lots, uint64 free, uint256 numerator, uint256 denominator)
        public
    {
        numerator = bound(numerator, 1, 7);
        denominator = bound(denominator, 1, 7);
        share = _opensPreferred(common, uint32(numerator), uint32(denominator));
        reserves(10_000);
        uint256 locked = 0;
        for (uint256 i = 0; i < 5; ++i) {
            if (lots[i] % 50 > 0) issues(alice, lots[i] % 50, inDays(i + 1));
            locked += lots[i] % 50;
        }
        issues(alice, 1 + free % 50, 0);
        uint64 all = uint64(share.balanceOf(alice) / denominator * denominator);
        vm.assume(all > 0);
        uint256 freeBefore = share.balanceOf(alice) - locked;
        uint256 leaving = all > freeBefore ? all - freeBefore : 0;
        _converts(alice, all);
        assertEq(common.balanceOf(alice), all * numerator / denominator, "all");
        assertEq(common.lockedOf(alice), (leaving * numerator + denominator - 1) / denominator, "locked");
        LockedLots.Lot[] memory got = common.lotsOf(alice);
        for (uint256 i = 1; i < got.length; ++i) {
            assertLt(got[i - 1].lockedUntil, got[i].lockedUntil);
        }
        requireHistories();
    }

    function _opensPreferred(ShareToken into, uint32 numerator, uint32 denominator) private returns (ShareToken) {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        terms.convertsInto = address(into);
        terms.conversionNumerator = numerator;
        terms.conversionDenominator = denominator;
        return openClass(issuer, terms);
    }

    function _converts(address who, uint64 shares) private {
        vm.prank(who);
        share.convert(shares);
    }
}
