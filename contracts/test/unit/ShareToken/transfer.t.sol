// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";
import {FakeTrust} from "./ShareStage.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @notice Who may hand shares to whom, and when.
contract TransferTest is Ledger {
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

    function test_EachLotWaitsForItsOwnSecond() public {
        uint64[3] memory unlocks = [_in(30), _in(60), _in(90)];
        for (uint256 i = 0; i < 3; ++i) {
            _issue(alice, 10, unlocks[i]);
        }
        for (uint256 i = 0; i < 3; ++i) {
            itIs(unlocks[i] - 1);
            assertEq(share.lockedOf(alice), 30 - 10 * i);
            itIs(unlocks[i]);
            assertEq(share.lockedOf(alice), 20 - 10 * i);
        }
    }

    function test_FreeSharesLeaveTheLotsAsTheyAre() public {
        uint64 unlocks = _in(30);
        _issue(alice, 10, unlocks);
        _issue(alice, 10, _in(60));
        itIs(unlocks);
        _transfers(alice, bob, 5);
        assertEq(share.holding(alice).lots, 2, "the first, which is free, is dropped when lots are written");
        assertEq(share.lotsOf(alice).length, 1);
    }

    function test_WhoeverLeavesWithFreeSharesLeavesAnEmptySlot() public {
        uint64 unlocks = _in(30);
        _issue(alice, 100, unlocks);
        itIs(unlocks);
        _transfers(alice, bob, 100);
        ShareRegister.Holding memory nothing;
        assertEq(keccak256(abi.encode(share.holding(alice))), keccak256(abi.encode(nothing)));
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

    function test_LockedSharesGoToTheAccreditedWithTheirDateOldestFirst() public {
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
        _isRefused(rich, fund, 70, Refusal.Locked);
        attest(fund, Category.Accredited, 0, block.timestamp + 1 days);
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

    function test_ALotOfASecondThatTheReceiverHasTakesNoPlace() public {
        for (uint256 i = 0; i < 9; ++i) {
            _issue(rich, 1, _in(30 + i));
        }
        _issue(alice, 2, _in(30));
        _transfers(alice, rich, 2);
        assertEq(share.lotsOf(rich).length, 9);
        assertEq(share.lockedOf(rich), 11);
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

    // ------------------------------------------------------------------------------------------ rules

    function test_NoOneFromAnExcludedCountryReceives() public {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        terms.excludedCountries = new uint16[](2);
        terms.excludedCountries[0] = 408;
        terms.excludedCountries[1] = 156;
        share = openClass(issuer, terms);
        vm.prank(address(directory));
        share.reserve(offering, 1000);
        _issue(alice, 100, 0);
        _issue(bob, 100, 0);
        _attestIn(bob, 156);
        _isRefused(alice, bob, 1, Refusal.CountryExcluded);
        assertFalse(share.canReceive(bob));
        assertEq(uint256(share.issuanceRefusal(identityOf(bob), 0)), uint256(Refusal.CountryExcluded));
        _transfers(bob, alice, 10);
        _attestIn(bob, 408);
        _isRefused(alice, bob, 1, Refusal.CountryExcluded);
        _attestIn(bob, 409);
        _transfers(alice, bob, 1);
        _attestIn(bob, 0);
        _transfers(alice, bob, 1);
    }

    /// @dev The name lies behind the countries: as a country its first two bytes are number 321.
    function test_ANameExcludesNoCountry() public {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        terms.excludedCountries = new uint16[](1);
        terms.excludedCountries[0] = 408;
        terms.name = string(hex"0141");
        share = openClass(issuer, terms);
        vm.prank(address(directory));
        share.reserve(offering, 1000);
        _issue(alice, 100, 0);
        _attestIn(bob, 321);
        _transfers(alice, bob, 1);
        _attestIn(bob, 408);
        _isRefused(alice, bob, 1, Refusal.CountryExcluded);
    }

    function test_LockedSharesPassWhereAnExemptTransferIsAttested() public {
        _issue(alice, 100, _in(30));
        _isRefused(alice, bob, 1, Refusal.Locked);
        vm.prank(registrar);
        registry.attestExemptTransfer(alice, bob, uint40(block.timestamp + 1 days), "divorce");
        _transfers(alice, bob, 60);
        assertEq(share.lockedOf(bob), 60);
        _isRefused(bob, alice, 1, Refusal.Locked);
        itIs(block.timestamp + 1 days);
        _isRefused(alice, bob, 1, Refusal.Locked);
    }

    function test_ATrustThatTheDirectoryOpenedReceives() public {
        address trust = address(new FakeTrust(3, address(share)));
        _issue(alice, 100, 0);
        _isRefused(alice, trust, 1, Refusal.ReceiverNotEligible);
        vm.mockCall(
            address(directory), abi.encodeCall(ICompanies.kindOf, (trust)), abi.encode(ICompanies.Kind.Distribution)
        );
        _isRefused(alice, trust, 1, Refusal.ReceiverNotEligible);
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.kindOf, (trust)), abi.encode(ICompanies.Kind.Trust));
        assertTrue(share.canReceive(trust));
        _transfers(alice, trust, 30);
        FakeTrust(trust).passOn(share, bob, 10);
        assertEq(share.balanceOf(trust), 20);
        assertEq(share.balanceOf(bob), 10);
    }

    function test_ATrustThatHoldsSomethingElseDoesNot() public {
        _issue(alice, 100, 0);
        address[2] memory others = [address(new FakeTrust(3, address(0))), address(new FakeTrust(3, address(round)))];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.mockCall(
                address(directory), abi.encodeCall(ICompanies.kindOf, (others[i])), abi.encode(ICompanies.Kind.Trust)
            );
            assertFalse(share.canReceive(others[i]));
            _isRefused(alice, others[i], 1, Refusal.ReceiverNotEligible);
        }
    }

    // ------------------------------------------------------------------------------------------ ERC-7943, ERC-165

    function test_SupportsTheInterfaces() public view {
        assertEq(type(IERC7943Fungible).interfaceId, bytes4(0x3edbb4c4));
        assertTrue(share.supportsInterface(0x3edbb4c4));
        assertTrue(share.supportsInterface(type(IERC165).interfaceId));
        assertTrue(share.supportsInterface(type(IERC20).interfaceId));
        assertFalse(share.supportsInterface(0xffffffff));
    }

    function testFuzz_QuestionsNeverRevert(address from, address to, uint256 shares) public view {
        share.canTransfer(from, to, shares);
        share.transferRefusal(from, to, shares);
        share.canSend(from);
        share.canReceive(to);
        share.getFrozenTokens(from);
    }

    function test_AccountsAreAskedForThemselves() public {
        assertTrue(share.canSend(outsider));
        assertFalse(share.canReceive(outsider));
        assertTrue(share.canReceive(alice));
        assertFalse(share.canReceive(address(share)));
        assertFalse(share.canReceive(address(0)));
        revoke(alice);
        assertFalse(share.canReceive(alice));
        assertTrue(share.canSend(alice));
    }

    // ------------------------------------------------------------------------------------------ the everyday transfer

    /// @dev Whatever the slots of both look like, the short way does what the long way does.
    function testFuzz_TheShortWayAgreesWithTheLong(uint256 seed) public {
        address[4] memory who = [alice, bob, rich, issuer];
        attest(issuer, Category.Retail, 0, block.timestamp + 3650 days);
        uint256[4] memory balance;
        for (uint256 step = 0; step < 24; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            (uint256 a, uint256 b) = ((seed >> 8) % 4, (seed >> 16) % 4);
            uint64 shares = uint64((seed >> 24) % 40);
            if (seed % 5 == 0) {
                uint64 lockedUntil = (seed >> 64) % 2 == 0 ? 0 : _in((seed >> 72) % 4);
                _issue(who[a], shares + 1, lockedUntil);
                balance[a] += shares + 1;
            } else if (seed % 5 == 1) {
                vm.warp(block.timestamp + (seed >> 80) % 2 days);
            } else if (shares <= balance[a]) {
                Refusal foretold = share.transferRefusal(who[a], who[b], shares);
                uint256 locked = share.lockedOf(who[a]) + (a == b ? 0 : share.lockedOf(who[b]));
                if (foretold != Refusal.None) {
                    _isRefused(who[a], who[b], shares, foretold);
                    continue;
                }
                _transfers(who[a], who[b], shares);
                balance[a] -= shares;
                balance[b] += shares;
                assertEq(share.lockedOf(who[a]) + (a == b ? 0 : share.lockedOf(who[b])), locked, "locked");
            }
            for (uint256 i = 0; i < 4; ++i) {
                assertEq(share.balanceOf(who[i]), balance[i], "balance");
            }
        }
    }

    function test_ChangesNothingBesideTheBalances() public {
        _issue(alice, 100, _in(30));
        _issue(alice, 50, 0);
        _issue(bob, 70, _in(60));
        ShareRegister.Holding memory a = share.holding(alice);
        ShareRegister.Holding memory b = share.holding(bob);
        _transfers(alice, bob, 49);
        (a.balance, b.balance) = (101, 119);
        assertEq(keccak256(abi.encode(share.holding(alice))), keccak256(abi.encode(a)));
        assertEq(keccak256(abi.encode(share.holding(bob))), keccak256(abi.encode(b)));
        revoke(bob);
        _isRefused(alice, bob, 1, Refusal.ReceiverNotEligible);
    }

    function test_KeepsTheSharesOfTwoLotsLocked() public {
        _issue(alice, 100, _in(30));
        _issue(alice, 50, _in(60));
        _issue(alice, 10, 0);
        _issue(bob, 1, 0);
        _isRefused(alice, bob, 11, Refusal.Locked);
        _transfers(alice, bob, 10);
        assertEq(share.lockedOf(alice), 150);
    }

    function test_SendsALotWhoseSecondHasComeInParts() public {
        uint64 unlocks = _in(30);
        _issue(alice, 100, unlocks);
        _issue(bob, 1, 0);
        itIs(unlocks);
        _transfers(alice, bob, 60);
        _transfers(alice, bob, 20);
        itIs(unlocks + 1);
        _transfers(alice, bob, 10);
        assertEq(share.balanceOf(alice), 10);
    }

    function _attestIn(address wallet, uint16 country) private {
        InvestorRegistry.Attestation memory given = attestation(wallet, Category.Retail, block.timestamp + 1 days);
        given.country = country;
        vm.prank(registrar);
        registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
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
