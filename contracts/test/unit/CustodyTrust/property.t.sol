// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Position} from "../../../src/settlement/Conserved.sol";
import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {EndReason} from "../../../src/trust/TrustWords.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {FakeRound} from "./stage/Fakes.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract PropertyTest is TrustStage {
    function received() private view returns (uint256) {
        (TrustRecords.Fund memory f,) = books.fundOf();
        return f.received;
    }

    function gives(address asset, uint256 amount) private {
        vm.prank(issuer);
        trust.fund(asset, amount);
    }

    // ------------------------------------------------------------------------------------------ given

    function test_WhatIsGivenIsPartOfTheFund() public {
        openTrust(listedDeed());
        dollar.mint(outsider, 500);
        vm.startPrank(outsider);
        dollar.approve(address(trust), 500);
        vm.expectEmit(address(trust));
        emit TrustRecords.FundReceived(address(dollar), outsider, 200, 200);
        trust.fund(address(dollar), 200);
        vm.expectEmit(address(trust));
        emit TrustRecords.FundReceived(address(dollar), outsider, 300, 500);
        trust.fund(address(dollar), 300);
        vm.stopPrank();
        funds(address(class), 70);
        Position[] memory positions = trust.conserved();
        assertEq(positions.length, 2);
        assertEq(abi.encode(positions[0]), abi.encode(Position(address(dollar), 500, 500, 0)));
        assertEq(abi.encode(positions[1]), abi.encode(Position(address(class), 70, 70, 0)));
        assertEq(books.tenure().fundedAt, START);
        requireHistory();
    }

    function test_NothingIsGivenAfterTheEnd() public {
        openTrust(listedDeed());
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        gives(address(dollar), 1);
    }

    function test_ProceedsComeFromTheRoundAlone() public {
        openTrust(proceedsDeed());
        refused(plainly(TrustRecords.HoldsProceeds.selector));
        gives(address(dollar), 1);
    }

    function test_RefusesAnotherAsset() public {
        openTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.AssetNotHeld.selector, address(this)));
        gives(address(this), 1);
        refused(abi.encodeWithSelector(TrustRecords.AssetNotHeld.selector, address(0)));
        gives(address(0), 1);
        Deed memory deed = listedDeed();
        deed.terms.shareClass = address(0);
        deed.tranches = new Tranche[](0);
        openTrust(deed);
        refused(abi.encodeWithSelector(TrustRecords.AssetNotHeld.selector, address(0)));
        gives(address(0), 1);
    }

    function test_RefusesNothing() public {
        openTrust(listedDeed());
        refused(plainly(TrustRecords.NothingToPay.selector));
        gives(address(dollar), 0);
    }

    function test_RefusesATokenThatTakesAFee() public {
        openTrust(listedDeed());
        dollar.takeFee(100);
        dollar.mint(issuer, 1000);
        vm.prank(issuer);
        dollar.approve(address(trust), 1000);
        refused(abi.encodeWithSelector(TrustRecords.WrongAmountReceived.selector, 990, 1000));
        gives(address(dollar), 1000);
    }

    function test_RefusesMoneyWhileShort() public {
        openListedTrust(listedDeed());
        dollar.wipe(address(trust), 1);
        refused(abi.encodeWithSelector(TrustRecords.HoldsLessThanItOwes.selector, 10_000 * DOLLAR - 1, 10_000 * DOLLAR));
        gives(address(dollar), 1);
    }

    // ------------------------------------------------------------------------------------------ came unasked

    function test_ATrusteeTakesInWhatCame() public {
        openListedTrust(listedDeed());
        dollar.mint(address(trust), 77);
        assertEq(trust.conserved()[0].surplus, 77);
        vm.expectEmit(address(trust));
        emit TrustRecords.FundReceived(address(dollar), address(0), 77, 10_000 * DOLLAR + 77);
        vm.prank(t1);
        trust.takeIn(address(dollar));
        assertEq(trust.conserved()[0].surplus, 0);
    }

    function test_OnlyTrusteesTakeIn() public {
        openListedTrust(listedDeed());
        dollar.mint(address(trust), 77);
        refused(notATrustee(issuer));
        vm.prank(issuer);
        trust.takeIn(address(dollar));
        refused(abi.encodeWithSelector(TrustRecords.AssetNotHeld.selector, address(this)));
        vm.prank(t1);
        trust.takeIn(address(this));
    }

    function test_AnyoneTakesInAfterTheEnd() public {
        openListedTrust(listedDeed());
        terminated();
        dollar.mint(address(trust), 100);
        vm.prank(outsider);
        trust.takeIn(address(dollar));
        assertEq(claims(x), 5000 * DOLLAR + 50);
    }

    function test_NothingToTakeIn() public {
        openListedTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.NothingToTakeIn.selector, 10_000 * DOLLAR, 10_000 * DOLLAR));
        vm.prank(t1);
        trust.takeIn(address(dollar));
        terminated();
        class.mint(address(trust), 5);
        refused(abi.encodeWithSelector(TrustRecords.NothingToTakeIn.selector, 1005, 1005));
        vm.prank(t1);
        trust.takeIn(address(class));
    }

    function test_ASplitIsTakenIn() public {
        openListedTrust(listedDeed());
        class.mint(address(trust), 1000);
        vm.prank(t2);
        trust.takeIn(address(class));
        (, TrustRecords.Shares memory s) = books.fundOf();
        assertEq(s.received, 2000);
    }

    // ------------------------------------------------------------------------------------------ proceeds

    function test_ProceedsArePartOfTheFund() public {
        openTrust(proceedsDeed());
        bindRound();
        dollar.mint(address(round), 100);
        vm.expectEmit(address(trust));
        emit TrustRecords.FundReceived(address(dollar), address(round), 60, 60);
        round.payPart(60);
        round.payPart(40);
        assertEq(received(), 100);
    }

    function test_OnlyTheRoundPaysProceeds() public {
        openTrust(proceedsDeed());
        bindRound();
        refused(abi.encodeWithSelector(TrustRecords.OnlyItsRound.selector, address(this), address(round)));
        trust.receiveProceeds(100);
    }

    function test_CountsWhatArrived() public {
        openTrust(proceedsDeed());
        bindRound();
        dollar.takeFee(100);
        dollar.mint(address(round), 1000);
        round.payPart(1000);
        assertEq(received(), 990);
        dollar.mint(address(round), 1000);
        round.payPart(1000);
        assertEq(received(), 1980);
    }

    function test_CountsWhatTheRoundSaysWhileShort() public {
        openTrust(proceedsDeed());
        bindRound();
        dollar.mint(address(round), 1000);
        round.payPart(500);
        dollar.wipe(address(trust), 500);
        round.payPart(500);
        assertEq(received(), 1000);
        assertEq(trust.conserved()[0].owed, 1000);
        assertEq(trust.conserved()[0].held, 500);
    }

    function test_LateProceedsAreAccepted() public {
        openProceedsTrust(proceedsDeed());
        terminated();
        assertEq(claims(x), 133_297 * DOLLAR * 66_648 / 133_297);
        settleRound(133_297);
        assertEq(claims(x), 66_648);
        assertEq(claims(y), 39_989 * DOLLAR + 39_989);
    }

    function test_ATrusteeCollects() public {
        openTrust(proceedsDeed());
        bindRound();
        dollar.mint(address(round), 1000);
        refused(notATrustee(outsider));
        vm.prank(outsider);
        trust.collectProceeds();
        vm.prank(t1);
        trust.collectProceeds();
        assertEq(received(), 1000);
    }

    function test_AnyoneCollectsAfterTheEnd() public {
        openTrust(proceedsDeed());
        bindRound();
        dollar.mint(address(round), 1000);
        terminated();
        vm.prank(outsider);
        trust.collectProceeds();
        assertEq(received(), 1000);
    }

    function test_NothingToCollectWithoutARound() public {
        openTrust(proceedsDeed());
        refused(plainly(TrustRecords.HoldsNoProceeds.selector));
        vm.prank(t1);
        trust.collectProceeds();
    }

    // ------------------------------------------------------------------------------------------ binding

    function test_OneRoundIsBound() public {
        openTrust(proceedsDeed());
        FakeRound another = fakeRound(address(dollar));
        round = fakeRound(address(dollar));
        vm.expectEmit(address(trust));
        emit TrustRecords.RoundBound(address(round));
        directory.bindRound(address(trust), address(round));
        assertEq(books.round(), address(round));
        requireHistory();
        refused(abi.encodeWithSelector(TrustRecords.AlreadyBound.selector, address(round)));
        directory.bindRound(address(trust), address(another));
    }

    function test_OnlyTheDirectoryBinds() public {
        openTrust(proceedsDeed());
        refused(abi.encodeWithSelector(TrustRecords.OnlyDirectory.selector, issuer, address(directory)));
        vm.prank(issuer);
        offices.bindRound(outsider);
    }

    function test_ATrustForOthersIsNotBound() public {
        openTrust(listedDeed());
        refused(plainly(TrustRecords.HoldsNoProceeds.selector));
        directory.bindRound(address(trust), outsider);
    }

    function test_RefusesARoundInAnotherToken() public {
        openTrust(proceedsDeed());
        FakeRound another = fakeRound(address(class));
        refused(abi.encodeWithSelector(TrustRecords.RoundInAnotherToken.selector, address(class), address(dollar)));
        directory.bindRound(address(trust), address(another));
    }

    function test_NoRoundAfterTheEnd() public {
        openTrust(proceedsDeed());
        FakeRound another = fakeRound(address(dollar));
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        directory.bindRound(address(trust), address(another));
    }

    /// @dev A token that calls back in the middle of its transfer finds nothing half done.
    function test_NothingIsTakenInInTheMiddleOfATransfer() public {
        openTrust(listedDeed());
        HostileDollar(address(dollar)).reenter(address(trust), abi.encodeCall(trust.takeIn, (address(dollar))));
        funds(address(dollar), 1000);
        assertEq(dollar.reentries(), 1);
        assertEq(bytes4(dollar.reentryFailure()), bytes4(keccak256("ReentrancyGuardReentrantCall()")));
        assertEq(received(), 1000);
    }
}
