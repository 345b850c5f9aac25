// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Who may hand shares to whom, and when.
contract ShareTransfersTest is Ledger {
    address private offering = makeAddr("a round");
    address private alice;
    address private bob;
    address private rich;

    function setUp() public override {
        super.setUp();
        alice = retail("alice", 2500);
        bob = retail("bob", 2500);
        rich = accredited("rich");
        vm.prank(address(directory));
        share.reserve(offering, 100_000);
    }

    // ------------------------------------------------------------------------------------------ free shares

    function test_FreeSharesMoveBetweenTheAttested() public {
        _issue(alice, 100, 0);
        vm.expectEmit(address(share));
        emit IERC20.Transfer(alice, bob, 40);
        vm.prank(alice);
        assertTrue(share.transfer(bob, 40));
        assertEq(share.balanceOf(alice), 60);
        assertEq(share.balanceOf(bob), 40);
        assertEq(share.totalSupply(), 100);
        requireHistories();
    }

    function test_OnlyTheEligibleReceive() public {
        _issue(alice, 100, 0);
        _isRefused(alice, outsider, 1, Refusal.ReceiverNotEligible);
        revoke(bob);
        _isRefused(alice, bob, 1, Refusal.ReceiverNotEligible);
        _isRefused(alice, address(share), 1, Refusal.ReceiverIsToken);
    }

    function test_WhoseAttestationLapsedMaySell() public {
        _issue(alice, 100, 0);
        revoke(alice);
        _transfers(alice, bob, 100);
    }

    function test_NobodySendsMoreThanTheyHave() public {
        _issue(alice, 100, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 100, 101));
        vm.prank(alice);
        share.transfer(bob, 101);
        assertTrue(share.canTransfer(alice, bob, 101), "ERC-7943: a lack of balance is not asked for");
    }

    function test_AnAllowanceIsInTheHistoryAndIsSpent() public {
        _issue(alice, 100, 0);
        vm.expectEmit(address(share));
        emit IERC20.Approval(alice, outsider, 50);
        vm.prank(alice);
        share.approve(outsider, 50);
        requireHistories();
        vm.prank(outsider);
        share.transferFrom(alice, bob, 30);
        assertEq(share.allowance(alice, outsider), 20);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, outsider, 20, 21));
        vm.prank(outsider);
        share.transferFrom(alice, bob, 21);
        requireHistories();
    }

    function test_APermitIsOfOneClassAlone() public {
        (address owner, uint256 key) = makeAddrAndKey("signer");
        ShareToken other = openClass(companyId, issuer, 10);
        bytes32 permit = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                bob,
                7,
                0,
                block.timestamp
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked(hex"1901", share.DOMAIN_SEPARATOR(), permit)));
        assertNotEq(share.DOMAIN_SEPARATOR(), other.DOMAIN_SEPARATOR());
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        other.permit(owner, bob, 7, block.timestamp, v, r, s);
        share.permit(owner, bob, 7, block.timestamp, v, r, s);
        assertEq(share.allowance(owner, bob), 7);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ locked shares

    function test_LockedSharesWaitForTheirSecond() public {
        uint64 unlocks = uint64(Calendar.day(2018, 5, 9));
        _issue(alice, 100, unlocks);
        itIs(unlocks - 1);
        assertEq(share.lockedOf(alice), 100);
        _isRefused(alice, bob, 1, Refusal.Locked);
        itIs(unlocks);
        assertEq(share.lockedOf(alice), 0);
        _transfers(alice, bob, 100);
        assertEq(share.lockedOf(bob), 0);
    }

    function test_FreeSharesGoFirst() public {
        _issue(alice, 100, _in(30));
        _issue(alice, 40, 0);
        assertTrue(share.canTransfer(alice, bob, 40));
        assertEq(uint256(share.transferRefusal(alice, bob, 41)), uint256(Refusal.Locked));
        _transfers(alice, bob, 40);
        assertEq(share.lockedOf(alice), 100);
        assertEq(share.lockedOf(bob), 0);
    }

    function test_LockedSharesGoToTheAccreditedAndInstitutionsWithTheirDateOldestFirst() public {
        uint64 late = _in(60);
        uint64 early = _in(30);
        _issue(alice, 100, late);
        _issue(alice, 50, early);
        _transfers(alice, rich, 70);
        LockedLots.Lot[] memory lots = share.lotsOf(rich);
        assertEq(lots.length, 2);
        assertEq(lots[0].shares, 50);
        assertEq(lots[0].lockedUntil, early);
        assertEq(lots[1].shares, 20);
        assertEq(lots[1].lockedUntil, late);
        assertEq(share.lotsOf(alice).length, 1);
        assertEq(share.lockedOf(alice), 80);

        address fund = makeAddr("fund");
        attest(fund, Category.Institution, 0, block.timestamp + 1 days);
        _transfers(rich, fund, 70);
        assertEq(share.lotsOf(rich).length, 0);
        assertEq(share.lockedOf(fund), 70);
    }

    function test_LockedSharesGoToTheCompanyOnceItIsAttested() public {
        _issue(alice, 100, _in(30));
        _isRefused(alice, issuer, 1, Refusal.ReceiverNotEligible);
        attest(issuer, Category.Retail, 0, block.timestamp + 1 days);
        _transfers(alice, issuer, 100);
        assertEq(share.lockedOf(issuer), 100);
    }

    function test_ToOneselfAnythingMoves() public {
        _issue(alice, 100, _in(30));
        _transfers(alice, alice, 100);
        assertEq(share.balanceOf(alice), 100);
        assertEq(share.lockedOf(alice), 100);
        assertEq(share.holderCount(), 1);
    }

    function test_AReceiverHasEightLockedLotsByTransferAtMost() public {
        for (uint256 i = 0; i < 9; ++i) {
            _issue(alice, 1, _in(30 + i));
        }
        _isRefused(alice, rich, 9, Refusal.TooManyLots);
        _transfers(alice, rich, 8);
        _isRefused(alice, rich, 1, Refusal.TooManyLots);
        itIs(_in(30));
        _transfers(alice, rich, 1);
        assertEq(share.lotsOf(rich).length, 8, "the first is unlocked and gone");
        assertEq(share.lockedOf(rich), 8);
    }

    // ------------------------------------------------------------------------------------------ register

    function test_CountsEachHolderOnce() public {
        assertEq(share.holderCount(), 0);
        _issue(alice, 100, 0);
        _issue(alice, 100, 0);
        assertEq(share.holderCount(), 1);
        _transfers(alice, bob, 0);
        assertEq(share.holderCount(), 1, "nothing makes no holder");
        _transfers(alice, bob, 50);
        assertEq(share.holderCount(), 2);
        _transfers(alice, bob, 150);
        assertEq(share.holderCount(), 1);
        _transfers(bob, bob, 200);
        assertEq(share.holderCount(), 1);
        _transfers(bob, alice, 200);
        assertEq(share.holderCount(), 1);
    }

    /// @dev The refusal that is foretold is the one that comes, and none foretold means none.
    function testFuzz_WhatIsForetoldHappens(uint256 locked, uint256 free, uint256 sent, uint8 to) public {
        locked = bound(locked, 1, 500);
        free = bound(free, 1, 500);
        sent = bound(sent, 0, locked + free);
        address receiver = [bob, rich, outsider, alice, address(share)][to % 5];
        _issue(alice, uint64(locked), _in(30));
        _issue(alice, uint64(free), 0);
        Refusal foretold = share.transferRefusal(alice, receiver, sent);
        if (foretold == Refusal.None) _transfers(alice, receiver, sent);
        else _isRefused(alice, receiver, sent, foretold);
        assertLe(share.lockedOf(alice), share.balanceOf(alice));
        assertEq(share.lockedOf(alice) + share.lockedOf(rich), locked);
    }

    function _in(uint256 days_) private view returns (uint64) {
        return uint64(block.timestamp + days_ * 1 days);
    }

    function _issue(address to, uint64 shares, uint64 lockedUntil) private {
        vm.prank(offering);
        share.issue(identityOf(to), shares, lockedUntil);
    }

    function _transfers(address from, address to, uint256 shares) private {
        vm.prank(from);
        share.transfer(to, shares);
    }

    function _isRefused(address from, address to, uint256 shares, Refusal reason) private {
        assertFalse(share.canTransfer(from, to, shares));
        assertEq(uint256(share.transferRefusal(from, to, shares)), uint256(reason));
        vm.expectRevert(abi.encodeWithSelector(ShareToken.TransferRefused.selector, from, to, shares, reason));
        vm.prank(from);
        share.transfer(to, shares);
    }
}
