// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

/// @notice What nobody can do any more once a trust has ended, though all that it takes was there before.
contract EndedTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    function test_NoVoteIsBound() public {
        _ends();
        bytes32 motion = books.removalMotion(t1);
        _refusedAsEnded();
        directory.bindVote(address(trust), motion, outsider);
        assertEq(books.voteOn(motion), address(0));
    }

    function test_NobodyLeavesOffice() public {
        passed(books.removalMotion(t1));
        registry.affiliate(t2, directory.issuerKey(COMPANY), true);
        itIs(LONG_STOP - 8 days);
        vm.prank(registrar);
        offices.announceRemoval(t3, "order");
        _ends();
        _refusedAsEnded();
        resigns(t1);
        _refusedAsEnded();
        offices.removeTrustee(t1, nobody());
        _refusedAsEnded();
        offices.unseat(t2);
        _refusedAsEnded();
        vm.prank(recoverer);
        offices.executeRemoval(t3);
        _refusedAsEnded();
        vm.prank(registrar);
        offices.announceRemoval(t1, "order");
        assertEq(books.trustees().length, 3);
    }

    function test_NobodyTakesOffice() public {
        resigns(t1);
        passed(books.appointmentMotion(t4));
        _ends();
        _refusedAsEnded();
        vm.prank(t4);
        offices.takeOffice(t1, nobody());
    }

    function _ends() private {
        itIs(LONG_STOP);
        offices.end();
    }

    function _refusedAsEnded() private {
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.LongStop));
    }
}
