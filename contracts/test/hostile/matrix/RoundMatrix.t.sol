// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a round, from its opening to each of its ends.
contract RoundMatrixTest is Matrix {
    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        _caller("round", address(round));
        _caller("directory", address(directory));
        _instance(address(round));
        _means("$round", address(round));
        commits(investor, 6000);
        funds(other, 1_000_000 * DOLLAR);
        _with(abi.encodeCall(round.amend, (uint40(block.timestamp + 90 days), "other documents", true)));
        _with(abi.encodeCall(round.announceEarlyClose, (uint40(block.timestamp + 40 days))));
        _with(abi.encodeCall(round.commit, (10, 1, false)));
        _with(abi.encodeCall(round.cancel, (identityOf(investor), 0)));
        _with(abi.encodeCall(round.refund, (identityOf(other))));
    }

    function test_OnlyWhoMayDoesAnythingWithARound() public {
        uint256 opened = _mark();
        _calls("Open");
        _amended();
        _back(opened);

        vm.prank(guardian);
        round.pauseCommits(true);
        _calls("Paused");
        _back(opened);

        vm.prank(guardian);
        round.cancelRound("stopped");
        _calls("Cancelled");
        _back(opened);

        cancels(investor);
        commits(investor, 100);
        closes();
        assertStatus(RoundStatus.Failed);
        _calls("Failed");
        _back(opened);

        commits(other, 6000);
        closes();
        _calls("Tallying");
        tallies();
        _calls("Settling");
        round.settle(1);
        _calls("HalfSettled");
        uint256 half = _mark();
        itIs(block.timestamp + 31 days);
        _calls("Overdue");
        _back(half);
        settles();
        _calls("Settled");
        _requireTable("round");
    }

    function _amended() private {
        vm.prank(issuer);
        round.amend(uint40(block.timestamp + 80 days), "other documents", true);
        _with(abi.encodeCall(round.reconfirm, (2)));
        _with(abi.encodeCall(round.commit, (10, 2, false)));
        _calls("Amended");
    }

    function _calls(string memory state) private {
        _everyoneCalls("FundingRound", address(round), state);
    }
}
