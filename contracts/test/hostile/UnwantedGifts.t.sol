// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../src/round/Commitments.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Ledger} from "../Ledger.sol";

/// @notice Eight accomplices, settled in eight different seconds, each give an accredited investor one locked share.
contract UnwantedGiftsTest is Ledger {
    address[] private accomplices;
    address private victim;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        for (uint256 i = 0; i < 8; ++i) {
            accomplices.push(retail(string.concat("accomplice ", vm.toString(i)), 2500));
            commits(accomplices[i], 625);
        }
        victim = accredited("victim");
        commits(victim, 1000);
        closes();
        tallies();
        for (uint256 i = 0; i < 8; ++i) {
            itIs(block.timestamp + 1);
            round.settle(1);
            vm.prank(accomplices[i]);
            share.transfer(victim, 1);
        }
    }

    function test_GiftsOfLockedSharesKeepNobodyOutOfARound() public {
        assertEq(share.lotsOf(victim).length, 8);
        itIs(block.timestamp + 1);
        settles();
        assertState(victim, CommitmentState.Settled);
        assertEq(share.balanceOf(victim), 1008);
        assertEq(share.lotsOf(victim).length, 9);
        assertEq(share.lockedOf(victim), 1008);
    }

    function test_AFullHolderReceivesNoFurtherLotByTransfer() public {
        address late = retail("late", 2500);
        vm.prank(address(directory));
        share.reserve(address(this), 1);
        share.issue(identityOf(late), 1, uint64(block.timestamp + 400 days));
        vm.expectRevert(
            abi.encodeWithSelector(ShareToken.TransferRefused.selector, late, victim, 1, Refusal.TooManyLots)
        );
        vm.prank(late);
        share.transfer(victim, 1);
    }
}
