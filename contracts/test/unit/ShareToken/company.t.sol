// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ActEvents, OrderKind} from "../../../src/share/ActEvents.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {FakeTrust, ShareStage} from "./ShareStage.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice What a company does with its own class.
contract CompanyTest is ShareStage {
    function test_RevertsWithNotTheController() public {
        bytes memory refusal = abi.encodeWithSelector(ShareRegister.NotTheController.selector, alice, issuer);
        vm.startPrank(alice);
        vm.expectRevert(refusal);
        share.issueByCompany(alice, 1, 0);
        vm.expectRevert(refusal);
        share.cancelShares(1);
        vm.expectRevert(refusal);
        share.raiseAuthorised(AUTHORISED + 1, alice);
    }

    // ------------------------------------------------------------------------------------------ issuance

    function test_RevertsWithNoShares() public {
        vm.expectRevert(TransferRules.NoShares.selector);
        _grants(alice, 0, 0);
    }

    function test_RevertsWithLockTooLong() public {
        uint64 last = type(uint40).max;
        vm.expectRevert(abi.encodeWithSelector(ActEvents.LockTooLong.selector, last + 1, last));
        _grants(alice, 1, last + 1);
        _grants(alice, 1, last);
        assertEq(share.lockedOf(alice), 1);
    }

    function test_IssuesNoMoreThanIsAuthorisedAndNotReserved() public {
        issues(alice, 40_000, 0);
        uint64 left = AUTHORISED - 100_000;
        vm.expectRevert(
            abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, AUTHORISED, 100_000, left + 1)
        );
        _grants(alice, left + 1, 0);
        _grants(alice, left, 0);
        assertEq(share.totalSupply() + share.reserved(), AUTHORISED);
    }

    function test_RefusesThoseWhoMayNotReceive() public {
        vm.expectRevert(
            abi.encodeWithSelector(TransferRules.IssuanceRefused.selector, outsider, 1, Refusal.ReceiverNotEligible)
        );
        _grants(outsider, 1, 0);
    }

    function test_IssuesALotToAFounder() public {
        vm.expectEmit(address(share));
        emit IERC20.Transfer(address(0), alice, 500);
        vm.expectEmit(address(share));
        emit TransferRules.SharesIssued(issuer, alice, 500, inDays(365));
        _grants(alice, 500, inDays(365));
        assertLot(alice, 0, 500, inDays(365));
        _grants(alice, 20, 0);
        assertEq(share.lockedOf(alice), 500);
        assertEq(share.balanceOf(alice), 520);
        requireHistories();
    }

    function test_IssuesToATrust() public {
        FakeTrust trust = new FakeTrust(4, address(share));
        lists(address(trust), ICompanies.Kind.Trust);
        _grants(address(trust), 500, 0);
        assertEq(share.balanceOf(address(trust)), 500);
        assertEq(share.holderCount(), 4);
    }

    // ------------------------------------------------------------------------------------------ cancellation

    function test_CancelsWhatItBoughtBack() public {
        issues(alice, 100, inDays(30));
        transfers(alice, issuer, 60);
        vm.expectEmit(address(share));
        emit TransferRules.LockedSharesMoved(issuer, address(0), 50, inDays(30));
        vm.expectEmit(address(share));
        emit IERC20.Transfer(issuer, address(0), 50);
        vm.expectEmit(address(share));
        emit ActEvents.SharesCancelled(issuer, 50);
        _cancels(50);
        assertEq(share.totalSupply(), 50);
        assertEq(share.lockedOf(issuer), 10);
        assertEq(share.holderCount(), 2);
        _cancels(10);
        assertEq(share.holderCount(), 1);
        assertEq(share.authorised(), AUTHORISED);
        assertEq(share.capacity().authorised, AUTHORISED);
        requireHistories();
    }

    function test_CancelsFreeSharesFirstAndThenTheOldestLot() public {
        _grants(issuer, 10, inDays(60));
        _grants(issuer, 10, inDays(30));
        _grants(issuer, 10, 0);
        _cancels(15);
        assertLot(issuer, 0, 5, inDays(30));
        assertLot(issuer, 1, 10, inDays(60));
    }

    function test_CancelsNoMoreThanItHolds() public {
        _grants(issuer, 10, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, issuer, 10, 11));
        _cancels(11);
        vm.prank(registrar);
        share.announceOrder(OrderKind.Freeze, issuer, address(0), 4, "order");
        itIs(block.timestamp + 5 days);
        vm.prank(recoverer);
        share.setFrozenTokens(issuer, 4);
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, issuer, 7, 6)
        );
        _cancels(7);
        _cancels(6);
    }

    function test_CancelsNotNothing() public {
        vm.expectRevert(TransferRules.NoShares.selector);
        _cancels(0);
    }

    // ------------------------------------------------------------------------------------------ authorised number

    function test_BelievesNoStranger() public {
        FakeVote vote = new FakeVote(address(share), _subject(2 * AUTHORISED));
        _isNotBelieved(address(vote), 2 * AUTHORISED);
        lists(address(vote), ICompanies.Kind.Round);
        _isNotBelieved(address(vote), 2 * AUTHORISED);
        _isNotBelieved(outsider, 2 * AUTHORISED);
    }

    function test_RevertsWithVoteNotPassed() public {
        FakeVote vote = new FakeVote(address(share), _subject(2 * AUTHORISED));
        lists(address(vote), ICompanies.Kind.Vote);
        _isNotBelieved(address(vote), 2 * AUTHORISED + 1);
        FakeVote ofAnother = new FakeVote(outsider, _subject(2 * AUTHORISED));
        lists(address(ofAnother), ICompanies.Kind.Vote);
        _isNotBelieved(address(ofAnother), 2 * AUTHORISED);
    }

    function test_RevertsWithAuthorisedNotRaised() public {
        uint64[3] memory numbers = [AUTHORISED, AUTHORISED - 1, uint64(type(int64).max) + 1];
        for (uint256 i = 0; i < numbers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ActEvents.AuthorisedNotRaised.selector, AUTHORISED, numbers[i]));
            vm.prank(issuer);
            share.raiseAuthorised(numbers[i], outsider);
        }
    }

    function test_RaisesTheNumberToThatOfTheVote() public {
        FakeVote vote = new FakeVote(address(share), _subject(2 * AUTHORISED));
        lists(address(vote), ICompanies.Kind.Vote);
        vm.expectEmit(address(share));
        emit ActEvents.AuthorisedRaised(2 * AUTHORISED, address(vote));
        vm.prank(issuer);
        share.raiseAuthorised(2 * AUTHORISED, address(vote));
        assertEq(share.authorised(), 2 * AUTHORISED);
        _grants(alice, 2 * AUTHORISED - 100_000, 0);
        requireHistories();
    }

    function test_RaisesTheNumberToTheMostThatThereCanBe() public {
        uint64 most = uint64(type(int64).max);
        FakeVote vote = new FakeVote(address(share), _subject(most));
        lists(address(vote), ICompanies.Kind.Vote);
        vm.prank(issuer);
        share.raiseAuthorised(most, address(vote));
        assertEq(share.authorised(), most);
    }

    function _grants(address to, uint64 shares, uint64 lockedUntil) private {
        vm.prank(issuer);
        share.issueByCompany(to, shares, lockedUntil);
    }

    function _cancels(uint64 shares) private {
        vm.prank(issuer);
        share.cancelShares(shares);
    }

    function _subject(uint64 number) private view returns (bytes32) {
        return keccak256(abi.encode("authorised", address(share), number));
    }

    function _isNotBelieved(address vote, uint64 number) private {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.VoteNotPassed.selector, vote, _subject(number)));
        vm.prank(issuer);
        share.raiseAuthorised(number, vote);
    }
}

/// @notice A vote of one electorate in which one subject has passed.
contract FakeVote {
    address private immutable ELECTORATE;
    bytes32 private immutable SUBJECT;

    constructor(address electorate, bytes32 subject) {
        ELECTORATE = electorate;
        SUBJECT = subject;
    }

    function passedBy(address electorate, bytes32 subject) external view returns (bool) {
        return electorate == ELECTORATE && subject == SUBJECT;
    }
}
