// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice S09, WindowMirror Inc, a year and a half after S01: the resale lock, transfers between holders, a record
/// date, and a dividend that goes by it to the unit.
contract DividendAfterTransfersTest is Ledger {
    uint256 private constant DIVIDEND = 1000 * DOLLAR;

    Distribution private payout;
    uint16 private recordDate;
    address private i1;
    address private i2;
    address private i3;
    address private j;
    address private k;

    function setUp() public override {
        super.setUp();
        _sellsAsInS01();
        vm.prank(issuer);
        payout = Distribution(directory.openDistribution(address(share), address(dollar)));
    }

    function test_PaysTheDividendByTheRecordDateToTheUnit() public {
        _handsOnUntilTheRecordDate();
        uint256 id = _paysTheDividend();

        itIs(Calendar.day(2019, 1, 15));
        _transfers(i2, k, 500);
        assertEq(payout.dueTo(id, i2).entitlement, 345_733_646, "does not move the dividend");
        itIs(Calendar.day(2019, 1, 20));
        _buysInANewRound();

        _collects(id);
        assertEq(share.totalSupply(), 7431, "supply afterwards");
        assertEq(share.balanceOf(i1), 3000);
        assertEq(share.balanceOf(i2), 2000);
        assertEq(share.balanceOf(j), 731);
        assertEq(share.balanceOf(k), 1700);
        assertEq(share.holderCount(), 4, "holders");
        _holdingsAtTheRecordDate();
        requireHistories();
    }

    /// @dev Nobody asks; anyone pushes, the next year's dividend takes the dust along.
    function test_CarriesTheDustToTheNextDividend() public {
        _handsOnUntilTheRecordDate();
        uint256 id = _paysTheDividend();
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (i1, i2, j, k);
        vm.prank(outsider);
        assertEq(payout.claimMany(id, holders), 4);
        assertEq(payout.carried(), 2, "0.000002");
        vm.prank(issuer);
        recordDate = share.declareRecordDate(uint40(Calendar.day(2019, 12, 31)));
        itIs(Calendar.day(2019, 12, 31));
        id = _declares(7230 * 1e6 - 2);
        assertEq(payout.distribution(id).pool, 7230 * 1e6);
    }

    // ------------------------------------------------------------------------------------------ the story

    function _sellsAsInS01() private {
        round = openRound(filedTerms());
        i1 = retail("I1", 10_000);
        i2 = retail("I2", 10_000);
        i3 = retail("I3", 10_000);
        j = retail("J", 10_000);
        k = accredited("K");
        commits(i1, 4000);
        commits(i2, 2500);
        commits(i3, 731);
        closes();
        tallies();
        itIs(Calendar.day(2017, 7, 12));
        settles();
    }

    function _handsOnUntilTheRecordDate() private {
        itIs(Calendar.day(2018, 3, 1));
        _isRefused(i1, j, 1000);
        _transfers(i1, k, 1000);
        itIs(Calendar.day(2018, 7, 11));
        _isRefused(i3, j, 731);
        itIs(Calendar.day(2018, 7, 12) - 1);
        _isRefused(i3, j, 731);
        itIs(Calendar.day(2018, 8, 1));
        _transfers(i3, j, 731);
        assertEq(share.holderCount(), 4, "I3 leaves, J joins");
        vm.prank(issuer);
        recordDate = share.declareRecordDate(uint40(Calendar.day(2018, 12, 31)));
        itIs(Calendar.day(2018, 12, 27));
        _opensANewRound();
    }

    function _paysTheDividend() private returns (uint256 id) {
        itIs(Calendar.day(2018, 12, 31));
        id = _declares(DIVIDEND);
        assertEq(payout.distribution(id).entitledShares, 7231);
    }

    function _declares(uint256 amount) private returns (uint256) {
        dollar.mint(issuer, amount);
        vm.startPrank(issuer);
        dollar.approve(address(payout), amount);
        uint256 id = payout.declareAndFund(
            Distribution.Kind.Dividend, recordDate, uint96(amount), keccak256("resolution of the board")
        );
        vm.stopPrank();
        return id;
    }

    function _opensANewRound() private {
        RoundTerms memory terms = filedTerms();
        terms.minimumShares = 100;
        terms.deadline = uint40(Calendar.day(2019, 1, 20) + 12 hours);
        round = openRound(terms);
    }

    function _buysInANewRound() private {
        commits(k, 200);
        closes();
        tallies();
        settles();
        assertEq(share.balanceOf(k), 1700);
        assertEq(share.lockedOf(k), 200);
        assertEq(share.lotsOf(k)[0].lockedUntil / 1 days, Calendar.day(2020, 1, 20) / 1 days, "locked to 2020-01-20");
    }

    function _collects(uint256 id) private {
        assertEq(_claims(id, i1), 414_880_376);
        assertEq(_claims(id, i2), 345_733_646);
        assertEq(_claims(id, j), 101_092_518);
        assertEq(payout.carried(), 0);
        assertEq(_claims(id, k), 138_293_458);
        assertEq(payout.carried(), 2, "0.000002 carried");
        assertEq(dollar.balanceOf(address(payout)), 2);
        assertEq(payout.conserved()[0].owed, 2);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NothingToClaim.selector, id, i3));
        vm.prank(i3);
        payout.claim(id);
    }

    /// @dev What S12 asks of the register at this date.
    function _holdingsAtTheRecordDate() private view {
        assertEq(share.balanceAt(i1, recordDate), 3000);
        assertEq(share.balanceAt(i2, recordDate), 2500);
        assertEq(share.balanceAt(i3, recordDate), 0);
        assertEq(share.balanceAt(j, recordDate), 731);
        assertEq(share.balanceAt(k, recordDate), 1000, "K on 2018-12-31");
        assertEq(share.supplyAt(recordDate), 7231);
        assertEq(share.balanceAt(i1, recordDate) * 10_000 / share.supplyAt(recordDate), 4148, "41.49 % rounded");
    }

    // ------------------------------------------------------------------------------------------ acts

    function _claims(uint256 id, address holder) private returns (uint256 received) {
        uint256 before = dollar.balanceOf(holder);
        vm.prank(holder);
        payout.claim(id);
        return dollar.balanceOf(holder) - before;
    }

    function _transfers(address from, address to, uint256 shares) private {
        vm.prank(from);
        share.transfer(to, shares);
    }

    function _isRefused(address from, address to, uint256 shares) private {
        vm.expectRevert(abi.encodeWithSelector(ShareToken.TransferRefused.selector, from, to, shares, Refusal.Locked));
        vm.prank(from);
        share.transfer(to, shares);
    }
}
