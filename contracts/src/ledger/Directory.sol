// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {RoundOrigin, RoundTerms} from "../round/RoundTerms.sol";
import {IRoundRules} from "../round/rules/IRoundRules.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {HistoryChain} from "./HistoryChain.sol";
import {ICompanies} from "./ICompanies.sol";
import {Instance} from "./Instance.sol";
import {Restricted} from "./Restricted.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Directory
/// @notice Opens and lists every contract of the ledger: companies, their share classes, their rounds. What it opened
/// is a clone of a template fixed here for life; a new version of a template is a new Directory.
contract Directory is HistoryChain, Restricted, ICompanies {
    struct Company {
        address controller;
        uint16 feeBps;
        string name;
        string registration;
    }

    struct Listing {
        Kind kind;
        uint64 companyId;
    }

    struct SettlementToken {
        bytes3 currency;
        uint8 decimals;
    }

    /// @notice Most that a company can be asked to agree to, in hundredths of a percent.
    uint16 public constant MOST_FEE_BPS = 1000;
    /// @notice Most shares that a class can be authorised to issue: what a signed 64-bit number holds.
    uint64 public constant MOST_AUTHORISED = uint64(type(int64).max);
    /// @notice The latest deadline of a round, in seconds from its opening transaction.
    uint256 public constant LONGEST_ROUND = 3650 days;

    /// @notice Most decimals of a settlement token.
    uint8 public constant MOST_DECIMALS = 18;

    address public immutable shareTemplate;
    address public immutable roundTemplate;
    InvestmentLimits public immutable limits;

    address public feeRecipient;
    uint64 private _companyCount;
    mapping(uint256 companyId => Company) private _companies;
    mapping(address instance => Listing) private _listings;
    address[] private _instances;
    mapping(address token => SettlementToken) private _tokens;
    mapping(address rules => bool) private _rules;

    event DirectoryOpened(address indexed shareTemplate, address indexed roundTemplate, address limits);
    event CompanyRegistered(
        uint256 indexed companyId, address indexed controller, uint256 feeBps, string name, string registration
    );
    event InstanceListed(address indexed instance, uint256 indexed companyId, Kind kind);
    event SettlementTokenListed(address indexed token, bytes3 currency, uint256 decimals);
    event SettlementTokenDelisted(address indexed token);
    event RulesAllowed(address indexed rules, bool allowed);
    event FeeRecipientSet(address indexed recipient);

    error ControllerMissing();
    error CompanyNameMissing();
    error FeeTooHigh(uint256 feeBps, uint256 most);
    error UnknownCompany(uint256 companyId);
    error NotTheController(address caller, address controller);
    error AuthorisedOutOfRange(uint256 authorised, uint256 most);
    error NotAShareClass(address instance);
    error NotASettlementToken(address token);
    error CurrencyMissing();
    error TooManyDecimals(uint256 decimals, uint256 most);
    error RulesNotAllowed(address rules);
    error FeeNotAgreed(uint256 given, uint256 agreed);
    error OpensInThePast(uint256 opensAt, uint256 time);
    error DeadlineTooLate(uint256 deadline, uint256 latest);
    error PriceMissing();
    error ProceedsTooLarge(uint256 maximumProceeds, uint256 most);
    error SharesOutOfOrder(uint256 minimumTicket, uint256 minimumShares, uint256 maximumShares);
    error FeeRecipientMissing();

    constructor(
        IAccessManager authority_,
        address shareTemplate_,
        address roundTemplate_,
        InvestmentLimits limits_,
        address feeRecipient_,
        address[] memory rules
    ) Restricted(authority_) {
        shareTemplate = shareTemplate_;
        roundTemplate = roundTemplate_;
        limits = limits_;
        _emit(DirectoryOpened.selector, _topic(shareTemplate_), _topic(roundTemplate_), abi.encode(address(limits_)));
        _setFeeRecipient(feeRecipient_);
        for (uint256 i = 0; i < rules.length; ++i) {
            _allowRules(rules[i], true);
        }
    }

    // ------------------------------------------------------------------------------------------ platform

    /// @notice Admits a company whose controller may open share classes and rounds.
    /// @param feeBps the platform's fee that both sides agreed on for this company's rounds
    /// @param registration where the company is registered and under which number
    function registerCompany(address controller, uint16 feeBps, string calldata name, string calldata registration)
        external
        restricted
        returns (uint256 companyId)
    {
        if (controller == address(0)) revert ControllerMissing();
        if (bytes(name).length == 0) revert CompanyNameMissing();
        if (feeBps > MOST_FEE_BPS) revert FeeTooHigh(feeBps, MOST_FEE_BPS);
        companyId = ++_companyCount;
        _companies[companyId] = Company(controller, feeBps, name, registration);
        _emit(
            CompanyRegistered.selector, bytes32(companyId), _topic(controller), abi.encode(feeBps, name, registration)
        );
    }

    /// @notice Lists a token in which rounds may be held.
    /// @param currency ISO 4217, three letters
    function listSettlementToken(address token, bytes3 currency) external restricted {
        if (currency == 0) revert CurrencyMissing();
        uint8 decimals = IERC20Metadata(token).decimals();
        if (decimals > MOST_DECIMALS) revert TooManyDecimals(decimals, MOST_DECIMALS);
        _tokens[token] = SettlementToken(currency, decimals);
        _emit(SettlementTokenListed.selector, _topic(token), abi.encode(currency, decimals));
    }

    /// @notice No further round may be held in `token`; running ones go on.
    function delistSettlementToken(address token) external restricted {
        if (_tokens[token].currency == 0) revert NotASettlementToken(token);
        delete _tokens[token];
        _emit(SettlementTokenDelisted.selector, _topic(token), "");
    }

    /// @notice Allows rules for new rounds, or no longer allows them; running rounds keep theirs.
    function allowRules(address rules, bool allowed) external restricted {
        _allowRules(rules, allowed);
    }

    /// @notice Sets who receives the fee of rounds opened from now on.
    function setFeeRecipient(address recipient) external restricted {
        _setFeeRecipient(recipient);
    }

    // ------------------------------------------------------------------------------------------ companies

    /// @notice Opens a share class of the caller's company.
    /// @param authorised most shares that may ever be in issue, 1 to `MOST_AUTHORISED`
    function openShareClass(uint256 companyId, uint64 authorised, string calldata name, string calldata symbol)
        external
        returns (address instance)
    {
        _requireController(companyId);
        if (authorised == 0 || authorised > MOST_AUTHORISED) revert AuthorisedOutOfRange(authorised, MOST_AUTHORISED);
        ShareToken.Terms memory terms = ShareToken.Terms(address(this), companyId, authorised, name, symbol);
        instance = _open(Kind.ShareClass, companyId, shareTemplate, abi.encode(terms));
    }

    /// @notice Opens a round of one of the caller's share classes.
    function openRound(RoundTerms calldata terms) external returns (address instance) {
        Listing memory class = _listings[terms.shareClass];
        if (class.kind != Kind.ShareClass) revert NotAShareClass(terms.shareClass);
        _requireController(class.companyId);
        SettlementToken memory token = _tokens[terms.settlementToken];
        if (token.currency == 0) revert NotASettlementToken(terms.settlementToken);
        _requireTerms(terms, class.companyId, token);
        RoundOrigin memory origin =
            RoundOrigin(address(this), class.companyId, feeRecipient, token.currency, 10 ** token.decimals);
        instance = _open(Kind.Round, class.companyId, roundTemplate, abi.encode(terms, origin));
        ShareToken(terms.shareClass).reserve(instance, terms.maximumShares);
        limits.admit(instance);
    }

    // ------------------------------------------------------------------------------------------ views

    /// @inheritdoc ICompanies
    function controllerOf(uint256 companyId) public view returns (address) {
        return _companies[companyId].controller;
    }

    /// @inheritdoc ICompanies
    function listed(address instance) external view returns (bool) {
        return _listings[instance].kind != Kind.None;
    }

    /// @inheritdoc ICompanies
    function kindOf(address instance) external view returns (Kind) {
        return _listings[instance].kind;
    }

    /// @inheritdoc ICompanies
    function companyOf(address instance) external view returns (uint256) {
        return _listings[instance].companyId;
    }

    /// @inheritdoc ICompanies
    function issuerKey(uint256 companyId) external view returns (bytes32) {
        return keccak256(abi.encode(address(this), companyId));
    }

    /// @inheritdoc ICompanies
    function successorOf(uint256 companyId) external view returns (address directory, uint256 successorId) {
        return (address(this), companyId);
    }

    function company(uint256 companyId) external view returns (Company memory) {
        return _companies[companyId];
    }

    function companyCount() external view returns (uint256) {
        return _companyCount;
    }

    /// @notice What this Directory opened `instance` as; kind None when it did not.
    function listing(address instance) external view returns (Listing memory) {
        return _listings[instance];
    }

    function settlementToken(address token) external view returns (SettlementToken memory) {
        return _tokens[token];
    }

    function rulesAllowed(address rules) external view returns (bool) {
        return _rules[rules];
    }

    function instanceCount() external view returns (uint256) {
        return _instances.length;
    }

    /// @notice Up to `count` instances in their order of opening, from place `from`, counted from 0.
    function instances(uint256 from, uint256 count) external view returns (address[] memory page) {
        uint256 total = _instances.length;
        uint256 start = from < total ? from : total;
        uint256 size = count < total - start ? count : total - start;
        page = new address[](size);
        for (uint256 i = 0; i < size; ++i) {
            page[i] = _instances[start + i];
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    function _open(Kind kind, uint256 companyId, address template, bytes memory args)
        private
        returns (address instance)
    {
        instance = Clones.cloneWithImmutableArgs(template, args);
        _listings[instance] = Listing(kind, uint64(companyId));
        _instances.push(instance);
        _emit(InstanceListed.selector, _topic(instance), bytes32(companyId), abi.encode(kind));
        Instance(instance).open();
    }

    function _requireController(uint256 companyId) private view {
        address controller = _companies[companyId].controller;
        if (controller == address(0)) revert UnknownCompany(companyId);
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
    }

    function _requireTerms(RoundTerms calldata terms, uint256 companyId, SettlementToken memory token) private view {
        if (!_rules[terms.rules]) revert RulesNotAllowed(terms.rules);
        uint16 agreed = _companies[companyId].feeBps;
        if (terms.feeBps != agreed) revert FeeNotAgreed(terms.feeBps, agreed);
        if (terms.opensAt < block.timestamp) revert OpensInThePast(terms.opensAt, block.timestamp);
        uint256 latest = block.timestamp + LONGEST_ROUND;
        if (terms.deadline > latest) revert DeadlineTooLate(terms.deadline, latest);
        if (terms.price == 0) revert PriceMissing();
        if (
            terms.minimumTicket == 0 || terms.minimumTicket > terms.maximumShares || terms.minimumShares == 0
                || terms.minimumShares > terms.maximumShares
        ) revert SharesOutOfOrder(terms.minimumTicket, terms.minimumShares, terms.maximumShares);
        uint256 proceeds = uint256(terms.maximumShares) * terms.price;
        if (proceeds > type(uint128).max) revert ProceedsTooLarge(proceeds, type(uint128).max);
        uint256 millionths = Math.ceilDiv(proceeds * 1e6, 10 ** token.decimals);
        IRoundRules(terms.rules).requireTerms(terms.opensAt, terms.deadline, millionths);
    }

    function _allowRules(address rules, bool allowed) private {
        _rules[rules] = allowed;
        _emit(RulesAllowed.selector, _topic(rules), abi.encode(allowed));
    }

    function _setFeeRecipient(address recipient) private {
        if (recipient == address(0)) revert FeeRecipientMissing();
        feeRecipient = recipient;
        _emit(FeeRecipientSet.selector, _topic(recipient), "");
    }
}
