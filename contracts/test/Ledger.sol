// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../src/distribution/Distribution.sol";
import {Category} from "../src/identity/Category.sol";
import {InvestmentLimits} from "../src/identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../src/identity/InvestorRegistry.sol";
import {Recovery} from "../src/identity/Recovery.sol";
import {Companies} from "../src/ledger/Companies.sol";
import {Directory} from "../src/ledger/Directory.sol";
import {Drafts} from "../src/ledger/Drafts.sol";
import {LedgerAuthority} from "../src/ledger/LedgerAuthority.sol";
import {Platform} from "../src/ledger/Platform.sol";
import {BusinessCalendar} from "../src/round/BusinessCalendar.sol";
import {CommitmentState} from "../src/round/Commitments.sol";
import {FundingRound} from "../src/round/FundingRound.sol";
import {RoundStatus} from "../src/round/RoundEvents.sol";
import {Allocation, RoundTerms} from "../src/round/RoundTerms.sol";
import {ChinaPrivateOffering} from "../src/round/rules/ChinaPrivateOffering.sol";
import {EuropeanCrowdfunding} from "../src/round/rules/EuropeanCrowdfunding.sol";
import {OpenOffering} from "../src/round/rules/OpenOffering.sol";
import {RegulationCrowdfunding} from "../src/round/rules/RegulationCrowdfunding.sol";
import {RegulationD506c} from "../src/round/rules/RegulationD506c.sol";
import {DemoDollar} from "../src/settlement/DemoDollar.sol";
import {ClassTerms} from "../src/share/ClassTerms.sol";
import {IERC7943Fungible} from "../src/share/IERC7943Fungible.sol";
import {ShareToken} from "../src/share/ShareToken.sol";
import {CustodyTrust} from "../src/trust/CustodyTrust.sol";
import {TrusteeSeats} from "../src/trust/TrusteeSeats.sol";
import {HolderVote} from "../src/vote/HolderVote.sol";
import {Calendar} from "./Calendar.sol";
import {FoldRecorder} from "./FoldRecorder.sol";
import {Test} from "forge-std/Test.sol";

/// @title Ledger
/// @notice The whole ledger as an operator deploys it, the actors that hold its roles, and one company with a share
/// class. What actors do reads as sentences. Whenever the clock moves, every history is folded and compared.
/// @dev Contracts come by `deployCode`, so that no test carries their bytecode: compiling stays quick.
abstract contract Ledger is Test {
    uint256 internal constant DOLLAR = 1e6;
    uint32 internal constant ADMIN_DELAY = 3 days;
    bytes32 internal constant REG_CF = "US-REG-CF";
    bytes3 internal constant USD = "USD";
    uint16 internal constant USA = 840;
    uint64 internal constant AUTHORISED = 1_000_000;

    address internal admin = makeAddr("admin");
    address internal operator = makeAddr("operator");
    address internal registrar = makeAddr("registrar");
    address internal guardian = makeAddr("guardian");
    address internal recoverer = makeAddr("recoverer");
    address internal platform = makeAddr("platform");
    address internal issuer = makeAddr("issuer");
    address internal outsider = makeAddr("outsider");

    FoldRecorder internal recorder;
    LedgerAuthority internal authority;
    InvestorRegistry internal registry;
    Recovery internal recovery;
    InvestmentLimits internal limits;
    BusinessCalendar internal calendar;
    RegulationCrowdfunding internal rules;
    RegulationD506c internal regulationD;
    EuropeanCrowdfunding internal europeanRules;
    ChinaPrivateOffering internal chinaRules;
    OpenOffering internal openRules;
    ShareToken internal shareTemplate;
    FundingRound internal roundTemplate;
    CustodyTrust internal trustTemplate;
    Distribution internal distributionTemplate;
    HolderVote internal voteTemplate;
    Drafts internal drafts;
    Directory internal directory;
    DemoDollar internal dollar;

    uint256 internal companyId;
    ShareToken internal share;
    FundingRound internal round;

    function setUp() public virtual {
        vm.warp(Calendar.day(2017, 5, 9));
        recorder = new FoldRecorder();
        recorder.start();
        _deploy();
        vm.prank(operator);
        directory.listSettlementToken(address(dollar), USD);
        companyId = registerCompany(issuer, 600);
        share = openClass(companyId, issuer, AUTHORISED);
    }

    // ------------------------------------------------------------------------------------------ deployment

    /// @dev The order in which an operator deploys. Three addresses are needed before their contracts are there, and are
    /// computed from the deployer's nonce: the authority, which is born last with the roles of all the others; the
    /// recovery, which the registry names; and the Directory, which the limits allow.
    function _deploy() private {
        uint256 nonce = vm.getNonce(address(this));
        address recoveryToBe = vm.computeCreateAddress(address(this), nonce + 1);
        address directoryToBe = vm.computeCreateAddress(address(this), nonce + 19);
        authority = LedgerAuthority(vm.computeCreateAddress(address(this), nonce + 20));
        registry =
            InvestorRegistry(deployCode("InvestorRegistry.sol", abi.encode(authority, recoveryToBe, REG_CF, USD)));
        recovery = Recovery(deployCode("Recovery.sol", abi.encode(authority, registry)));
        limits = InvestmentLimits(deployCode("InvestmentLimits.sol", abi.encode(authority, directoryToBe)));
        _deployRules();
        _deployTemplates();
        drafts = Drafts(deployCode("Drafts.sol"));
        directory = Directory(_deployDirectory());
        assertEq(address(directory), directoryToBe, "the Directory that the limits allow");
        address born = deployCode("LedgerAuthority.sol", abi.encode(admin, ADMIN_DELAY, _holders(), _functions()));
        assertEq(born, address(authority), "the authority that all others ask");
        dollar = DemoDollar(deployCode("DemoDollar.sol"));
    }

    function _deployRules() private {
        calendar = BusinessCalendar(deployCode("BusinessCalendar.sol", abi.encode(authority)));
        rules = RegulationCrowdfunding(deployCode("RegulationCrowdfunding.sol", abi.encode(calendar)));
        regulationD = RegulationD506c(deployCode("RegulationD506c.sol"));
        europeanRules = EuropeanCrowdfunding(deployCode("EuropeanCrowdfunding.sol"));
        chinaRules = ChinaPrivateOffering(deployCode("ChinaPrivateOffering.sol"));
        openRules = OpenOffering(deployCode("OpenOffering.sol"));
    }

    /// @dev A share class and a trust are several contracts each: the template hands on what does not fit into it.
    function _deployTemplates() private {
        address acts = deployCode("ShareActs.sol", abi.encode(registry));
        address orders = deployCode("ShareOrders.sol", abi.encode(registry, authority));
        shareTemplate = ShareToken(deployCode("ShareToken.sol", abi.encode(registry, acts, orders)));
        roundTemplate = FundingRound(deployCode("FundingRound.sol", abi.encode(authority, registry, limits)));
        address books = deployCode("TrustBooks.sol", abi.encode(registry));
        address offices = deployCode("TrustOffices.sol", abi.encode(authority, registry, books));
        trustTemplate = CustodyTrust(payable(deployCode("CustodyTrust.sol", abi.encode(registry, offices))));
        distributionTemplate = Distribution(deployCode("Distribution.sol", abi.encode(registry)));
        voteTemplate = HolderVote(deployCode("HolderVote.sol", abi.encode(registry)));
    }

    function _deployDirectory() internal returns (address) {
        return deployCode(
            "Directory.sol", abi.encode(authority, _templates(), drafts, limits, recovery, platform, _allowedRules())
        );
    }

    /// @notice A newer Directory of the same authority, with the same templates, whose rounds may count against limits.
    function anotherDirectory() internal returns (Directory another) {
        another = Directory(_deployDirectory());
        bytes4[] memory operators = new bytes4[](3);
        operators[0] = Companies.registerCompany.selector;
        operators[1] = Platform.listSettlementToken.selector;
        operators[2] = Platform.delistSettlementToken.selector;
        administers(
            address(authority), abi.encodeCall(authority.setTargetFunctionRole, (address(another), operators, 1))
        );
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (address(another), true)));
    }

    function _templates() internal view returns (Directory.Templates memory) {
        return Directory.Templates({
            shareClass: address(shareTemplate),
            round: address(roundTemplate),
            trust: address(trustTemplate),
            distribution: address(distributionTemplate),
            vote: address(voteTemplate)
        });
    }

    function _allowedRules() internal view returns (address[] memory allowed) {
        allowed = new address[](5);
        allowed[0] = address(rules);
        allowed[1] = address(regulationD);
        allowed[2] = address(europeanRules);
        allowed[3] = address(chinaRules);
        allowed[4] = address(openRules);
    }

    function _holders() internal view returns (LedgerAuthority.RoleHolder[] memory holders) {
        holders = new LedgerAuthority.RoleHolder[](4);
        holders[0] = LedgerAuthority.RoleHolder(1, operator, "operator");
        holders[1] = LedgerAuthority.RoleHolder(2, registrar, "registrar");
        holders[2] = LedgerAuthority.RoleHolder(3, guardian, "guardian");
        holders[3] = LedgerAuthority.RoleHolder(4, recoverer, "recovery");
    }

    /// @notice Who may call what; every function that is restricted and not named here is ADMIN's.
    function _functions() internal view returns (LedgerAuthority.FunctionRole[] memory functions) {
        functions = new LedgerAuthority.FunctionRole[](22);
        functions[0] = _role(address(directory), Companies.registerCompany.selector, 1);
        functions[1] = _role(address(directory), Platform.listSettlementToken.selector, 1);
        functions[2] = _role(address(directory), Platform.delistSettlementToken.selector, 1);
        functions[3] = _role(address(calendar), BusinessCalendar.addHoliday.selector, 1);
        functions[4] = _role(address(registry), InvestorRegistry.attest.selector, 2);
        functions[5] = _role(address(registry), InvestorRegistry.attestAll.selector, 2);
        functions[6] = _role(address(registry), InvestorRegistry.revoke.selector, 2);
        functions[7] = _role(address(registry), InvestorRegistry.attestAffiliate.selector, 2);
        functions[8] = _role(address(registry), InvestorRegistry.attestExemptTransfer.selector, 2);
        functions[9] = _role(address(recovery), Recovery.announceWallet.selector, 2);
        functions[10] = _role(address(recovery), Recovery.announceHeir.selector, 2);
        functions[11] = _role(address(recovery), Recovery.announceController.selector, 2);
        functions[12] = _role(address(recovery), Recovery.withdraw.selector, 2);
        functions[13] = _role(address(recovery), Recovery.confirm.selector, 4);
        functions[14] = _role(address(shareTemplate), ShareToken.announceOrder.selector, 2);
        functions[15] = _role(address(shareTemplate), ShareToken.withdrawOrder.selector, 2);
        functions[16] = _role(address(shareTemplate), IERC7943Fungible.setFrozenTokens.selector, 4);
        functions[17] = _role(address(shareTemplate), IERC7943Fungible.forcedTransfer.selector, 4);
        functions[18] = _role(address(roundTemplate), FundingRound.pauseCommits.selector, 3);
        functions[19] = _role(address(roundTemplate), FundingRound.cancelRound.selector, 3);
        functions[20] = _role(address(trustTemplate), TrusteeSeats.announceRemoval.selector, 2);
        functions[21] = _role(address(trustTemplate), TrusteeSeats.executeRemoval.selector, 4);
    }

    function _role(address target, bytes4 selector, uint64 role)
        private
        pure
        returns (LedgerAuthority.FunctionRole memory)
    {
        return LedgerAuthority.FunctionRole(target, selector, role);
    }

    // ------------------------------------------------------------------------------------------ time

    /// @notice Moves the clock, never backwards, and the chain by one block; until then every history must fold.
    function itIs(uint256 time) internal {
        requireHistories();
        assertGe(time, block.timestamp, "time goes back");
        vm.warp(time);
        vm.roll(block.number + 1);
    }

    function requireHistories() internal {
        recorder.capture();
        recorder.requireSame(address(authority));
        recorder.requireSame(address(registry));
        recorder.requireSame(address(recovery));
        recorder.requireSame(address(limits));
        recorder.requireSame(address(calendar));
        recorder.requireSame(address(directory));
        address[] memory opened = directory.instances(0, type(uint256).max);
        for (uint256 i = 0; i < opened.length; ++i) {
            recorder.requireSame(opened[i]);
        }
    }

    // ------------------------------------------------------------------------------------------ roles

    /// @notice What ADMIN does: announces it, waits its delay, has it executed.
    function administers(address target, bytes memory call) internal {
        vm.prank(admin);
        authority.schedule(target, call, 0);
        itIs(block.timestamp + ADMIN_DELAY);
        vm.prank(admin);
        authority.execute(target, call);
    }

    // ------------------------------------------------------------------------------------------ companies

    function registerCompany(address controller, uint16 feeBps) internal returns (uint256) {
        vm.prank(operator);
        return directory.registerCompany(controller, feeBps, "WindowMirror Inc", "Delaware 5871239");
    }

    function openClass(uint256 company, address controller, uint64 authorised) internal returns (ShareToken) {
        return openClass(controller, classTerms(company, authorised));
    }

    function openClass(address controller, ClassTerms memory terms) internal returns (ShareToken) {
        vm.prank(controller);
        return ShareToken(directory.openShareClass(terms));
    }

    /// @notice Common stock: one vote a share, no preference, no cap.
    function classTerms(uint256 company, uint64 authorised) internal pure returns (ClassTerms memory terms) {
        terms.companyId = uint64(company);
        terms.authorised = authorised;
        terms.votesPerShare = 1;
        terms.name = "WindowMirror Common";
        terms.symbol = "WMIR";
    }

    /// @notice WindowMirror's filing: 2.00 a share, 5,000 to 50,000 shares, until the end of 2017-07-07.
    function filedTerms() internal view returns (RoundTerms memory) {
        return RoundTerms({
            shareClass: address(share),
            settlementToken: address(dollar),
            rules: address(rules),
            trust: address(0),
            allocation: Allocation.FirstCome,
            price: uint128(2 * DOLLAR),
            minimumShares: 5000,
            maximumShares: 50_000,
            minimumTicket: 10,
            oversubscriptionShares: 0,
            opensAt: uint40(block.timestamp),
            deadline: uint40(Calendar.day(2017, 7, 8)),
            feeBps: 600,
            termsHash: keccak256("Form C of WindowMirror"),
            filing: "SEC 020-23358"
        });
    }

    function openRound(RoundTerms memory terms) internal returns (FundingRound) {
        vm.prank(issuer);
        return FundingRound(directory.openRound(terms));
    }

    // ------------------------------------------------------------------------------------------ persons

    function identityOf(address wallet) internal pure returns (bytes32) {
        return keccak256(abi.encode("salted identification of", wallet));
    }

    function attestation(address wallet, Category category, uint256 expiresAt)
        internal
        pure
        returns (InvestorRegistry.Attestation memory)
    {
        return InvestorRegistry.Attestation({
            identity: identityOf(wallet),
            wallet: wallet,
            country: USA,
            category: category,
            expiresAt: uint40(expiresAt),
            persons: 1,
            withholdingBps: 0,
            dossier: keccak256(abi.encode("dossier of", wallet))
        });
    }

    /// @param limit what may be committed in twelve months, in dollars
    function attest(address wallet, Category category, uint256 limit, uint256 expiresAt) internal {
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](1);
        yearly[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, limit * 1e6);
        vm.prank(registrar);
        registry.attest(attestation(wallet, category, expiresAt), yearly);
    }

    /// @notice A retail investor attested for ten years, with a yearly limit in dollars.
    function retail(string memory name, uint256 limit) internal returns (address wallet) {
        wallet = makeAddr(name);
        attest(wallet, Category.Retail, limit, block.timestamp + 3650 days);
    }

    /// @notice An accredited investor attested for ten years.
    function accredited(string memory name) internal returns (address wallet) {
        wallet = makeAddr(name);
        attest(wallet, Category.Accredited, 0, block.timestamp + 3650 days);
    }

    function revoke(address wallet) internal {
        vm.prank(registrar);
        registry.revoke(identityOf(wallet), "left");
    }

    function used(address wallet) internal view returns (uint256) {
        return limits.used(identityOf(wallet), REG_CF, USD);
    }

    // ------------------------------------------------------------------------------------------ the round

    function cost(uint256 shares) internal view returns (uint256) {
        (RoundTerms memory terms,) = round.terms();
        return shares * terms.price;
    }

    /// @notice Gives the investor the money and lets the round take it.
    function funds(address wallet, uint256 amount) internal {
        dollar.mint(wallet, amount);
        uint256 allowed = dollar.allowance(wallet, address(round));
        vm.prank(wallet);
        dollar.approve(address(round), allowed + amount);
    }

    function commits(address wallet, uint64 shares) internal {
        funds(wallet, cost(shares));
        uint16 version = uint16(round.termsVersion());
        vm.prank(wallet);
        round.commit(shares, version, false);
    }

    function cancels(address wallet) internal {
        vm.prank(wallet);
        round.cancel(identityOf(wallet), 0);
    }

    function refunds(address wallet) internal returns (uint256 paid) {
        uint256 before = dollar.balanceOf(wallet);
        vm.prank(outsider);
        round.refund(identityOf(wallet));
        paid = dollar.balanceOf(wallet) - before;
    }

    function closes() internal {
        (RoundTerms memory terms,) = round.terms();
        if (block.timestamp < terms.deadline) itIs(terms.deadline);
        vm.prank(outsider);
        round.close();
    }

    function tallies() internal {
        vm.prank(outsider);
        round.tally(type(uint32).max);
    }

    function settles() internal {
        vm.prank(outsider);
        round.settle(type(uint32).max);
    }

    function status() internal view returns (RoundStatus) {
        return round.progressOf().status;
    }

    function stateOf(address wallet) internal view returns (CommitmentState) {
        return round.commitmentOf(identityOf(wallet)).state;
    }

    function escrowed() internal view returns (uint256) {
        return dollar.balanceOf(address(round));
    }

    function assertStatus(RoundStatus expected) internal view {
        assertEq(uint256(status()), uint256(expected), "status of the round");
    }

    function assertState(address wallet, CommitmentState expected) internal view {
        assertEq(uint256(stateOf(wallet)), uint256(expected), "state of the commitment");
    }

    /// @notice Nobody may do anything restricted but the role: the error that an intruder gets.
    function notAuthorized(address caller, bytes4 selector) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("NotAuthorized(address,bytes4)", caller, selector);
    }
}
