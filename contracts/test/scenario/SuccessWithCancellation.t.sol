// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundEvents, RoundStatus} from "../../src/round/RoundEvents.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice S01, WindowMirror Inc (SEC 020-23358): the round succeeds, one investor cancels in time.
contract SuccessWithCancellationTest is Ledger {
    address private i1;
    address private i2;
    address private i3;
    address private i4;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        i1 = retail("I1", 10_000);
        i2 = retail("I2", 10_000);
        i3 = retail("I3", 10_000);
        i4 = retail("I4", 10_000);
    }

    function test_SellsSevenThousandTwoHundredThirtyOneSharesAndPaysEveryoneExactly() public {
        _commitmentsUntilTheEnd();

        itIs(Calendar.day(2017, 7, 8));
        round.close();
        round.tally(10);
        assertStatus(RoundStatus.Settling);

        itIs(Calendar.day(2017, 7, 12));
        round.settle(10);
        round.payProceeds();
        round.payFee();

        assertStatus(RoundStatus.Settled);
        assertEq(share.totalSupply(), 7231, "shares sold");
        assertEq(share.balanceOf(i1), 4000);
        assertEq(share.balanceOf(i2), 2500);
        assertEq(share.balanceOf(i3), 731);
        assertEq(share.balanceOf(i4), 0);
        assertEq(share.holderCount(), 3, "holders");
        assertEq(dollar.balanceOf(issuer), 13_594_280_000, "13,594.28 to the issuer");
        assertEq(dollar.balanceOf(platform), 867_720_000, "867.72 fee");
        assertEq(dollar.balanceOf(i4), 100_000_000, "100.00 back to I4");
        assertEq(escrowed(), 0, "nothing is left in the round");
        assertEq(share.reserved(), 0, "nothing is left reserved");
        requireHistories();
    }

    function _commitmentsUntilTheEnd() private {
        itIs(Calendar.day(2017, 5, 10));
        commits(i1, 4000);

        itIs(Calendar.day(2017, 5, 11));
        commits(i2, 2500);

        itIs(Calendar.day(2017, 5, 29) + 1 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                RoundEvents.TooEarlyToClose.selector, Calendar.day(2017, 7, 8), Calendar.day(2017, 5, 30) - 1
            )
        );
        round.close();

        itIs(Calendar.day(2017, 6, 12));
        commits(i3, 731);

        itIs(Calendar.day(2017, 7, 1));
        commits(i4, 50);
        assertEq(dollar.balanceOf(i4), 0);

        itIs(Calendar.day(2017, 7, 6) - 1);
        cancels(i4);
        assertEq(dollar.balanceOf(i4), 100 * DOLLAR, "100.00 back at once");

        itIs(Calendar.day(2017, 7, 6));
        vm.expectRevert(
            abi.encodeWithSelector(
                RoundEvents.CancellationClosed.selector, Calendar.day(2017, 7, 6), Calendar.day(2017, 7, 6)
            )
        );
        vm.prank(i3);
        round.cancel(identityOf(i3), 0);
    }
}
