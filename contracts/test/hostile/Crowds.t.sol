// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {RoundStatus} from "../../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../../src/round/RoundTerms.sol";
import {HolderVote} from "../../src/vote/HolderVote.sol";
import {Offerings} from "../Offerings.sol";

/// @notice Nobody makes a call dearer for others by joining, however many do: what each act costs among forty investors it
/// costs among ten thousand. Each measured call is a transaction of its own, so every slot is cold.
/// forge-config: default.isolate = true
contract CrowdsTest is Offerings {
    uint256 private constant FEW = 40;
    uint256 private constant MANY = 10_000;
    uint256 private constant BATCH = 20;
    uint256 private constant AT_ONCE = 50;
    /// @dev What zero bytes in the data of a call make up for.
    uint256 private constant TWO_PERCENT = 0.02e18;

    string[14] private _acts = [
        "commitment",
        "cancellation",
        "refund",
        "first tally",
        "last tally",
        "first settlement",
        "last settlement",
        "credit of an early investor",
        "credit of the last investor",
        "proceeds",
        "fee",
        "transfer",
        "claim of a distribution",
        "vote"
    ];

    function test_NoActCostsMoreAmongTenThousand() public {
        uint256[14] memory among = _costsAmong(FEW);
        uint256[14] memory amongMany = _costsAmong(MANY);
        for (uint256 i = 0; i < among.length; ++i) {
            assertGt(among[i], 21_000, _acts[i]);
            assertApproxEqRel(amongMany[i], among[i], TWO_PERCENT, _acts[i]);
        }
    }

    // ------------------------------------------------------------------------------------------ the course of a round

    function _costsAmong(uint256 crowd) private returns (uint256[14] memory costs) {
        uint256 state = vm.snapshotState();
        _opensFor(crowd);
        for (uint256 from = 0; from < crowd; from += AT_ONCE) {
            this.join(from, from + AT_ONCE < crowd ? from + AT_ONCE : crowd - 1);
        }
        this.attestNext(crowd - 1, crowd);
        this.fundNext(crowd - 1);
        vm.prank(_investor(crowd - 1));
        round.commit(2, 1, false);
        costs[0] = _spent();
        assertEq(round.progressOf().commitments, crowd);
        _leaves(costs);
        _settles(costs, crowd);
        _holds(costs, crowd);
        assertTrue(vm.revertToStateAndDelete(state));
        recorder.forget();
    }

    /// @dev Everyone asks for two shares of which one is to be had.
    function _opensFor(uint256 crowd) private {
        RoundTerms memory terms = filedTerms();
        terms.allocation = Allocation.ProRata;
        terms.minimumTicket = 1;
        terms.minimumShares = 1;
        terms.maximumShares = uint64(crowd);
        terms.oversubscriptionShares = uint64(2 * crowd);
        round = openRound(terms);
    }

    function _leaves(uint256[14] memory costs) private {
        uint256 state = vm.snapshotState();
        vm.prank(_investor(9));
        round.cancel(_identity(9), 0);
        costs[1] = _spent();
        assertEq(dollar.balanceOf(_investor(9)), 4 * DOLLAR);
        assertTrue(vm.revertToState(state));
        vm.prank(guardian);
        round.cancelRound("collusion");
        vm.prank(outsider);
        round.refund(_identity(9));
        costs[2] = _spent();
        assertEq(dollar.balanceOf(_investor(9)), 4 * DOLLAR);
        assertTrue(vm.revertToStateAndDelete(state));
    }

    function _settles(uint256[14] memory costs, uint256 crowd) private {
        (RoundTerms memory terms,) = round.terms();
        _laterBy(terms.deadline - block.timestamp);
        round.close();
        round.tally(BATCH);
        costs[3] = _spent();
        if (crowd > 2 * BATCH) round.tally(crowd - 2 * BATCH);
        round.tally(BATCH);
        costs[4] = _spent();
        round.settle(BATCH);
        costs[5] = _spent();
        if (crowd > 2 * BATCH) round.settle(crowd - 2 * BATCH);
        round.settle(BATCH);
        costs[6] = _spent();
        assertStatus(RoundStatus.Settled);
        assertEq(share.holderCount(), crowd);
        round.claimCredit(_identity(9));
        costs[7] = _spent();
        round.claimCredit(_identity(crowd - 1));
        costs[8] = _spent();
        assertEq(dollar.balanceOf(_investor(crowd - 1)), 2 * DOLLAR);
        round.payProceeds();
        costs[9] = _spent();
        round.payFee();
        costs[10] = _spent();
    }

    /// @dev Two years later, when the shares are free.
    function _holds(uint256[14] memory costs, uint256 crowd) private {
        _laterBy(730 days);
        vm.prank(_investor(8));
        share.transfer(_investor(10), 1);
        costs[11] = _spent();
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        _laterBy(1 days);
        payout = openDistribution();
        dollar.mint(issuer, crowd * DOLLAR);
        vm.startPrank(issuer);
        dollar.approve(address(payout), crowd * DOLLAR);
        uint256 id = payout.declareAndFund(Distribution.Kind.Dividend, recordDate, uint96(crowd * DOLLAR), "resolution");
        vote = HolderVote(directory.openVote(uint64(companyId), classVote(address(share), recordDate)));
        vm.stopPrank();
        vm.prank(_investor(9));
        payout.claim(id);
        costs[12] = _spent();
        assertEq(dollar.balanceOf(_investor(9)), 3 * DOLLAR, "a credit of two, a dividend of one");
        vm.prank(_investor(9));
        vote.vote(HolderVote.Choice.For);
        costs[13] = _spent();
        assertEq(vote.tally().inFavour, 1);
    }

    // ------------------------------------------------------------------------------------------ the crowd

    /// @notice Investors from one number to another, without the last, commit to two shares each.
    function join(uint256 from, uint256 to) external {
        this.attestNext(from, to);
        for (uint256 i = from; i < to; ++i) {
            this.fundNext(i);
            vm.prank(_investor(i));
            round.commit(2, 1, false);
        }
        recorder.forget();
    }

    function attestNext(uint256 from, uint256 to) external {
        InvestorRegistry.Attestation[] memory given = new InvestorRegistry.Attestation[](to - from);
        uint256[] memory amounts = new uint256[](to - from);
        for (uint256 i = from; i < to; ++i) {
            given[i - from] = attestation(_investor(i), Category.Retail, block.timestamp + 3650 days);
            amounts[i - from] = 1000e6;
        }
        vm.prank(registrar);
        registry.attestAll(given, REG_CF, USD, amounts);
    }

    function fundNext(uint256 i) external {
        dollar.mint(_investor(i), 4 * DOLLAR);
        vm.prank(_investor(i));
        dollar.approve(address(round), 4 * DOLLAR);
    }

    function _investor(uint256 i) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("investor", i)))));
    }

    function _identity(uint256 i) private pure returns (bytes32) {
        return identityOf(_investor(i));
    }

    /// @dev Without folding what so many logged: every other test does that.
    function _laterBy(uint256 time) private {
        recorder.forget();
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
    }

    function _spent() private view returns (uint256) {
        return vm.lastCallGas().gasTotalUsed;
    }
}
