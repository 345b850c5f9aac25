// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {DistributionTerms, DistributionTermsCodec} from "../../../src/distribution/DistributionTerms.sol";
import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {Ledger} from "../../Ledger.sol";
import {FakeRegister} from "./FakeRegister.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title PayoutStage
/// @notice A company whose register the test writes down, and its distributions in dollars. Alice holds 3, Bob 2 and
/// Carol 1 of seven shares, the company itself the seventh.
abstract contract PayoutStage is Ledger {
    bytes32 internal constant RESOLUTION = keccak256("resolution of the board");
    uint16 internal constant FIRST = 1;

    FakeRegister internal register;
    Distribution internal template;
    Distribution internal payout;
    uint256 internal recordDate;
    address internal alice;
    address internal bob;
    address internal carol;

    function setUp() public virtual override {
        super.setUp();
        register = new FakeRegister();
        template = Distribution(deployCode("Distribution.sol", abi.encode(registry)));
        payout = opensPayout(address(dollar));
        alice = retail("alice", 0);
        bob = retail("bob", 0);
        carol = retail("carol", 0);
        recordDate = block.timestamp + 10 days;
        register.declareRecordDate(recordDate);
        holdings(FIRST);
    }

    function opensPayout(address token) internal returns (Distribution opened) {
        DistributionTerms memory terms =
            DistributionTerms(address(directory), address(register), token, uint64(companyId));
        opened = Distribution(Clones.cloneWithImmutableArgs(address(template), DistributionTermsCodec.pack(terms)));
        opened.open();
    }

    function holdings(uint16 index) internal {
        register.set(index, alice, 3);
        register.set(index, bob, 2);
        register.set(index, carol, 1);
        register.set(index, issuer, 1);
    }

    /// @notice Another record date, a second ahead, with the same holdings.
    function anotherDate() internal returns (uint16 index) {
        index = register.declareRecordDate(block.timestamp + 1);
        holdings(index);
    }

    // ------------------------------------------------------------------------------------------ acts

    function declares(uint96 amount) internal returns (uint256) {
        return declares(Distribution.Kind.Dividend, FIRST, amount);
    }

    function declares(Distribution.Kind kind, uint16 index, uint96 amount) internal returns (uint256) {
        vm.prank(issuer);
        return payout.declare(kind, index, amount, RESOLUTION);
    }

    function gives(address payer, uint256 amount) internal {
        DemoDollar token = DemoDollar(payout.terms().settlementToken);
        token.mint(payer, amount);
        vm.prank(payer);
        token.approve(address(payout), amount);
    }

    function funds(uint256 id) internal {
        gives(issuer, payout.distribution(id).amount);
        vm.prank(issuer);
        payout.fund(id);
    }

    /// @notice A funded dividend by the first record date, which has passed.
    function pays(uint96 amount) internal returns (uint256 id) {
        id = declares(amount);
        funds(id);
        if (block.timestamp < recordDate) passesTo(recordDate);
        if (payout.distribution(id).status == Distribution.Status.Funded) payout.openClaims(id);
    }

    /// @notice A funded dividend by another record date, which has passed.
    function paysAgain(uint96 amount) internal returns (uint256 id) {
        id = declares(Distribution.Kind.Dividend, anotherDate(), amount);
        passesTo(block.timestamp + 1);
        funds(id);
    }

    function claims(uint256 id, address holder) internal returns (uint256) {
        vm.prank(holder);
        return payout.claim(id);
    }

    function pushes(uint256 id, address holder) internal returns (uint256) {
        vm.prank(outsider);
        return payout.claimFor(id, holder);
    }

    function pushesAll(uint256 id) internal returns (uint256) {
        return pushesMany(id, everyone());
    }

    function pushesMany(uint256 id, address[] memory holders) internal returns (uint256) {
        vm.prank(outsider);
        return payout.claimMany(id, holders);
    }

    function everyone() internal view returns (address[] memory holders) {
        holders = new address[](3);
        (holders[0], holders[1], holders[2]) = (alice, bob, carol);
    }

    function attestsWithholding(address wallet, uint16 bps) internal {
        InvestorRegistry.Attestation memory given = attestation(wallet, Category.Retail, block.timestamp + 3650 days);
        given.withholdingBps = bps;
        vm.prank(registrar);
        registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
    }

    function notes(address holder) internal {
        address[] memory holders = new address[](1);
        holders[0] = holder;
        vm.prank(outsider);
        payout.noteWithholding(FIRST, holders);
    }

    // ------------------------------------------------------------------------------------------ recoveries

    function announcesRecovery(address oldWallet, address newWallet) internal {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(oldWallet), newWallet, RESOLUTION);
    }

    function recovers(address oldWallet, address newWallet) internal {
        announcesRecovery(oldWallet, newWallet);
        completesRecovery(oldWallet);
    }

    function completesRecovery(address oldWallet) internal {
        vm.prank(recoverer);
        recovery.confirm(identityOf(oldWallet), RESOLUTION);
        passesTo(block.timestamp + recovery.OBJECTION_PERIOD());
        recovery.execute(identityOf(oldWallet));
    }

    // ------------------------------------------------------------------------------------------ figures

    function passesTo(uint256 time) internal {
        requireFolded();
        itIs(time);
    }

    function requireFolded() internal {
        recorder.capture();
        recorder.requireSame(address(payout));
    }

    function statusOf(uint256 id) internal view returns (Distribution.Status) {
        return payout.distribution(id).status;
    }

    function owed() internal view returns (uint256) {
        return payout.conserved()[0].owed;
    }

    function unclaimed(uint256 id) internal view returns (uint256) {
        return payout.distribution(id).unclaimed;
    }

    function assertStatus(uint256 id, Distribution.Status expected) internal view {
        assertEq(uint256(statusOf(id)), uint256(expected), "status of the distribution");
    }

    function notInStatus(uint256 id, Distribution.Status status_, Distribution.Status required)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(Distribution.NotInStatus.selector, id, status_, required);
    }
}
