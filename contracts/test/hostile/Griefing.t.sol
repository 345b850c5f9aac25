// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundEvents, RoundStatus} from "../../src/round/RoundEvents.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {ClassTerms} from "../../src/share/ClassTerms.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Ledger} from "../Ledger.sol";

/// @notice A person with accomplices who would rather nobody else held shares of a class with four places: dust takes
/// none of them, and what takes one costs a whole ticket, or a whole smallest holding.
contract GriefingTest is Ledger {
    uint32 private constant CAP = 4;
    uint64 private constant TICKET = 10;

    address private griefer;
    address[] private accomplices;
    address private victim;

    function setUp() public override {
        super.setUp();
        ClassTerms memory class = classTerms(companyId, AUTHORISED);
        class.holderCap = CAP;
        class.smallestHolding = TICKET;
        share = openClass(issuer, class);
        RoundTerms memory terms = filedTerms();
        terms.shareClass = address(share);
        terms.rules = address(openRules);
        terms.minimumTicket = TICKET;
        (terms.minimumShares, terms.maximumShares) = (30, 1000);
        round = openRound(terms);
        griefer = retail("griefer", 0);
        victim = retail("victim", 0);
        for (uint256 i = 0; i < 8; ++i) {
            accomplices.push(retail(string.concat("accomplice ", vm.toString(i)), 0));
        }
    }

    function test_DustCommitmentsTakeNoPlace() public {
        for (uint256 i = 0; i < accomplices.length; ++i) {
            _failsToCommit(accomplices[i], TICKET - 1);
        }
        assertEq(share.capacity().places, 0);
        assertEq(round.progressOf().commitments, 0, "nor a line in the list that settlement walks");
        commits(victim, 100);
        assertEq(share.capacity().places, 1);
    }

    function test_NobodyKeepsAPlaceWithLessThanATicket() public {
        commits(accomplices[0], TICKET);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.BelowMinimumTicket.selector, 1, TICKET));
        vm.prank(accomplices[0]);
        round.cancel(identityOf(accomplices[0]), TICKET - 1);
        assertEq(share.capacity().places, 1);
        cancels(accomplices[0]);
        assertEq(share.capacity().places, 0, "with the money goes the place");
    }

    function test_ComingAndGoingLeavesTheVictimAPlace() public {
        for (uint256 i = 0; i < 3 * uint256(CAP); ++i) {
            address one = accomplices[i % CAP];
            commits(one, TICKET);
            cancels(one);
        }
        assertEq(share.capacity().places, 0);
        assertEq(round.progressOf().commitments, CAP, "one line for each, however often they come");
        commits(victim, 100);
        _settles();
        assertEq(share.balanceOf(victim), 100);
    }

    function test_DustTransfersTakeNoPlace() public {
        commits(griefer, 100);
        _settles();
        for (uint256 i = 0; i < accomplices.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ShareToken.TransferRefused.selector, griefer, accomplices[i], 1, Refusal.BelowSmallestHolding
                )
            );
            vm.prank(griefer);
            share.transfer(accomplices[i], 1);
        }
        assertEq(share.holderCount(), 1);
        vm.prank(issuer);
        share.issueByCompany(victim, 1, 0);
        assertEq(share.holderCount(), 2, "the victim got in");
    }

    /// @dev A place that a commitment took is nobody else's: who joined cannot be crowded out before the settlement.
    function test_APlaceThatIsTakenStaysTaken() public {
        vm.prank(issuer);
        share.issueByCompany(griefer, 100, 0);
        commits(victim, 100);
        vm.startPrank(griefer);
        share.transfer(accomplices[0], TICKET);
        share.transfer(accomplices[1], TICKET);
        vm.expectRevert(
            abi.encodeWithSelector(
                ShareToken.TransferRefused.selector, griefer, accomplices[2], TICKET, Refusal.HolderCapReached
            )
        );
        share.transfer(accomplices[2], TICKET);
        vm.stopPrank();
        _settles();
        assertEq(share.balanceOf(victim), 100);
        assertEq(share.holderCount(), CAP);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _failsToCommit(address wallet, uint64 shares) private {
        funds(wallet, cost(shares));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.BelowMinimumTicket.selector, shares, TICKET));
        vm.prank(wallet);
        round.commit(shares, 1, false);
    }

    function _settles() private {
        closes();
        tallies();
        settles();
        assertStatus(RoundStatus.Settled);
    }
}
