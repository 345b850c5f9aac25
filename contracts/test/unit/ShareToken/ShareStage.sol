// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice A share class, a round that issues its shares, and four persons.
abstract contract ShareStage is Ledger {
    address internal offering = makeAddr("a round");
    address internal alice;
    address internal bob;
    address internal carol;
    address internal rich;

    function setUp() public virtual override {
        super.setUp();
        alice = retail("alice", 2500);
        bob = retail("bob", 2500);
        carol = retail("carol", 2500);
        rich = accredited("rich");
        attest(issuer, Category.Retail, 0, block.timestamp + 3650 days);
        reserves(100_000);
    }

    /// @notice Replaces the class by one with a cap, whose shares the round may issue.
    function opensWithCap(uint32 cap, uint64 smallestHolding) internal {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        terms.holderCap = cap;
        terms.smallestHolding = smallestHolding;
        share = openClass(issuer, terms);
        reserves(100_000);
    }

    function reserves(uint64 shares) internal {
        vm.prank(address(directory));
        share.reserve(offering, shares);
    }

    function releases() internal {
        vm.prank(offering);
        share.releaseReservation();
    }

    function issues(address to, uint64 shares, uint256 lockedUntil) internal {
        vm.prank(offering);
        share.issue(identityOf(to), shares, uint64(lockedUntil));
    }

    function transfers(address from, address to, uint256 shares) internal {
        vm.prank(from);
        assertTrue(share.transfer(to, shares));
    }

    function isRefused(address from, address to, uint256 shares, Refusal reason) internal {
        assertFalse(share.canTransfer(from, to, shares));
        assertEq(uint256(share.transferRefusal(from, to, shares)), uint256(reason));
        vm.expectRevert(abi.encodeWithSelector(ShareToken.TransferRefused.selector, from, to, shares, reason));
        vm.prank(from);
        share.transfer(to, shares);
    }

    function splits(uint64 factor) internal {
        vm.prank(issuer);
        share.split(factor);
    }

    /// @notice The company declares a record date so many seconds ahead.
    function declares(uint256 ahead) internal returns (uint16) {
        vm.prank(issuer);
        return share.declareRecordDate(uint40(block.timestamp + ahead));
    }

    /// @notice Attests anew, with another country or as a nominee for so many persons.
    function attestAs(address wallet, Category category, uint16 country, uint16 persons) internal {
        InvestorRegistry.Attestation memory given = attestation(wallet, category, block.timestamp + 3650 days);
        given.country = country;
        given.persons = persons;
        vm.prank(registrar);
        registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
    }

    function nominee(string memory name, uint16 persons) internal returns (address wallet) {
        wallet = makeAddr(name);
        attestAs(wallet, Category.Nominee, USA, persons);
    }

    /// @notice The registry replaces a person's wallet.
    function succeeds(address oldWallet, address newWallet) internal {
        vm.prank(address(recovery));
        registry.succeed(identityOf(oldWallet), newWallet);
    }

    function passesOn(address dead, address heir) internal {
        vm.prank(address(recovery));
        registry.inherit(identityOf(dead), identityOf(heir));
    }

    /// @notice A contract that the Directory lists for the company, without its being a clone.
    function lists(address instance, ICompanies.Kind kind) internal {
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.kindOf, (instance)), abi.encode(kind));
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.companyOf, (instance)), abi.encode(companyId));
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.listed, (instance)), abi.encode(true));
    }

    function inDays(uint256 days_) internal view returns (uint64) {
        return uint64(block.timestamp + days_ * 1 days);
    }

    function assertLot(address holder, uint256 place, uint256 shares, uint256 lockedUntil) internal view {
        LockedLots.Lot memory lot = share.lotsOf(holder)[place];
        assertEq(lot.shares, shares, "shares of the lot");
        assertEq(lot.lockedUntil, lockedUntil, "date of the lot");
    }
}

/// @notice A trust that says for how many it holds, and passes shares on.
contract FakeTrust {
    uint256 public persons;
    address public shareClass;

    constructor(uint256 persons_, address shareClass_) {
        persons = persons_;
        shareClass = shareClass_;
    }

    function passOn(ShareToken share, address to, uint256 shares) external {
        share.transfer(to, shares);
    }
}
