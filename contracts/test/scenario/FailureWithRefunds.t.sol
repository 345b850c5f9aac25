// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../src/round/Commitments.sol";
import {RoundEvents, RoundStatus} from "../../src/round/RoundEvents.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice 38 investors raise 5,455.00 of the 25,000 dollars asked for. How the total splits over them is made up.
contract FailureWithRefundsTest is Ledger {
    uint256 private constant INVESTORS = 38;
    address[] private investors;

    function setUp() public override {
        super.setUp();
        RoundTerms memory terms = filedTerms();
        terms.price = uint128(DOLLAR);
        terms.minimumShares = 25_000;
        round = openRound(terms);
        for (uint256 i = 0; i < INVESTORS; ++i) {
            investors.push(retail(string.concat("investor ", vm.toString(i)), 2500));
        }
    }

    function test_RefundsEveryCommitmentToTheCentWhenTheMinimumIsMissed() public {
        for (uint256 i = 0; i < INVESTORS; ++i) {
            itIs(block.timestamp + 1 days);
            commits(investors[i], _sharesOf(i));
        }
        assertEq(escrowed(), 5455 * DOLLAR, "5,455.00 raised");
        assertEq(share.reserved(), 50_000);

        closes();
        assertStatus(RoundStatus.Failed);
        assertEq(share.reserved(), 0, "the reservation is released at once");

        for (uint256 i = INVESTORS; i > 0; --i) {
            itIs(block.timestamp + 1 hours);
            assertEq(used(investors[i - 1]), uint256(_sharesOf(i - 1)) * 1e6, "counted until refunded");
            assertEq(refunds(investors[i - 1]), uint256(_sharesOf(i - 1)) * DOLLAR, "to the cent");
            assertEq(used(investors[i - 1]), 0, "the limit is released");
        }
        assertEq(escrowed(), 0, "nothing is left in the round");
        assertEq(dollar.balanceOf(issuer) + dollar.balanceOf(platform), 0, "no fee on a refund");
        assertEq(share.totalSupply(), 0);
        requireHistories();
    }

    function test_RefundsNobodyTwice() public {
        commits(investors[0], 100);
        closes();
        refunds(investors[0]);
        vm.expectRevert(
            abi.encodeWithSelector(
                RoundEvents.NotRefundable.selector,
                identityOf(investors[0]),
                CommitmentState.None,
                RoundStatus.Failed,
                Calendar.day(2017, 7, 8) + 30 days
            )
        );
        round.refund(identityOf(investors[0]));
    }

    /// @dev 50, 55, 60 ... and 40 more for the last: 5,455 in all.
    function _sharesOf(uint256 i) private pure returns (uint64) {
        return uint64(50 + 5 * i + (i == INVESTORS - 1 ? 40 : 0));
    }
}
