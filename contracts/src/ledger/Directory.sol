// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {RoundOrigin, RoundTerms, RoundTermsCodec} from "../round/RoundTerms.sol";
import {IRoundRules} from "../round/rules/IRoundRules.sol";
import {ClassTerms, ClassTermsCodec} from "../share/ClassTerms.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {Companies} from "./Companies.sol";
import {Restricted} from "./Restricted.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Directory
/// @notice Opens and lists every contract of the ledger: companies, their share classes, rounds, trusts, distributions
/// and votes. What it opened
/// is a clone of a template fixed here for life; a new version of a template is a new Directory.
contract Directory is Companies {
    /// @notice The contracts whose clones a Directory opens.
    struct Templates {
        address shareClass;
        address round;
        address trust;
        address distribution;
        address vote;
    }

    /// @param place in the list of settlement tokens, counted from 1
    struct SettlementToken {
        bytes3 currency;
        uint8 decimals;
        uint32 place;
    }

    /// @notice The latest deadline of a round, in seconds from its opening transaction.
    uint256 public constant LONGEST_ROUND = 3650 days;
    /// @notice Most decimals of a settlement token.
    uint8 public constant MOST_DECIMALS = 18;

    address public immutable shareTemplate;
    address public immutable roundTemplate;
    address public immutable trustTemplate;
    address public immutable distributionTemplate;
    address public immutable voteTemplate;
    InvestmentLimits public immutable limits;

    mapping(address token => SettlementToken) private _tokens;
    address[] private _tokenList;
    mapping(address rules => bool) private _rules;

    event DirectoryOpened(Templates templates, address limits, address recovery);
    event SettlementTokenListed(address indexed token, bytes3 currency, uint256 decimals);
    event SettlementTokenDelisted(address indexed token);
    event RulesAllowed(address indexed rules, bool allowed);
    event FeeRecipientSet(address indexed recipient);

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

    /// @param recovery_ the contract that replaces a controller whose key is lost
    /// @param feeRecipient_ receives the fee of rounds and trusts until another is set
    /// @param rules those allowed from the first day on
    constructor(
        IAccessManager authority_,
        Templates memory templates,
        InvestmentLimits limits_,
        address recovery_,
        address feeRecipient_,
        address[] memory rules
    ) Restricted(authority_) Companies(recovery_) {
        shareTemplate = templates.shareClass;
        roundTemplate = templates.round;
        trustTemplate = templates.trust;
        distributionTemplate = templates.distribution;
        voteTemplate = templates.vote;
        limits = limits_;
        _emit(DirectoryOpened.selector, abi.encode(templates, address(limits_), recovery_));
        _setFeeRecipient(feeRecipient_);
        for (uint256 i = 0; i < rules.length; ++i) {
            _allowRules(rules[i], true);
        }
    }

    // ------------------------------------------------------------------------------------------ platform

    /// @notice Lists a token in which rounds may be held.
    /// @param currency ISO 4217, three letters
    function listSettlementToken(address token, bytes3 currency) external restricted {
        if (currency == 0) revert CurrencyMissing();
        uint8 decimals = IERC20Metadata(token).decimals();
        if (decimals > MOST_DECIMALS) revert TooManyDecimals(decimals, MOST_DECIMALS);
        uint32 place = _tokens[token].place;
        if (place == 0) {
            _tokenList.push(token);
            place = uint32(_tokenList.length);
        }
        _tokens[token] = SettlementToken(currency, decimals, place);
        _emit(SettlementTokenListed.selector, _topic(token), abi.encode(currency, decimals));
    }

    /// @notice No further round may be held in `token`; running ones go on.
    function delistSettlementToken(address token) external restricted {
        uint32 place = _tokens[token].place;
        if (place == 0) revert NotASettlementToken(token);
        address last = _tokenList[_tokenList.length - 1];
        _tokenList[place - 1] = last;
        _tokens[last].place = place;
        _tokenList.pop();
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

    // ------------------------------------------------------------------------------------------ opening

    /// @notice Opens a share class of the caller's company.
    function openShareClass(ClassTerms calldata terms) external returns (address instance) {
        _requireController(terms.companyId);
        ClassTermsCodec.requireTerms(terms);
        if (terms.convertsInto != address(0)) {
            Listing memory class = listing(terms.convertsInto);
            if (class.kind != Kind.ShareClass) revert NotAShareClass(terms.convertsInto);
            if (class.companyId != terms.companyId) revert NotOfTheCompany(terms.convertsInto, terms.companyId);
        }
        instance = _open(Kind.ShareClass, terms.companyId, shareTemplate, ClassTermsCodec.pack(terms, address(this)));
    }

    /// @notice Opens a round of one of the caller's share classes.
    function openRound(RoundTerms calldata terms) external returns (address instance) {
        Listing memory class = listing(terms.shareClass);
        if (class.kind != Kind.ShareClass) revert NotAShareClass(terms.shareClass);
        _requireController(class.companyId);
        SettlementToken memory token = _tokens[terms.settlementToken];
        if (token.currency == 0) revert NotASettlementToken(terms.settlementToken);
        _requireTerms(terms, class.companyId, token);
        RoundTermsCodec.requireAllocation(terms);
        RoundOrigin memory origin = RoundOrigin({
            directory: address(this),
            companyId: uint64(class.companyId),
            feeRecipient: _counts.feeRecipient,
            currency: token.currency,
            currencyDecimals: token.decimals,
            capped: false,
            countsPersons: IRoundRules(terms.rules).countsPersons(),
            regime: IRoundRules(terms.rules).regime()
        });
        instance = _open(Kind.Round, class.companyId, roundTemplate, RoundTermsCodec.pack(terms, origin));
        ShareToken(terms.shareClass).reserve(instance, terms.maximumShares);
        limits.admit(instance);
    }

    // ------------------------------------------------------------------------------------------ views

    function feeRecipient() external view returns (address) {
        return _counts.feeRecipient;
    }

    function settlementToken(address token) external view returns (SettlementToken memory) {
        return _tokens[token];
    }

    /// @notice Up to `count` listed settlement tokens from place `from`, counted from 0; delisting one changes places.
    function settlementTokens(uint256 from, uint256 count) external view returns (address[] memory page) {
        uint256 total = _tokenList.length;
        uint256 start = Math.min(from, total);
        page = new address[](Math.min(count, total - start));
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = _tokenList[start + i];
        }
    }

    function rulesAllowed(address rules) external view returns (bool) {
        return _rules[rules];
    }

    // ------------------------------------------------------------------------------------------ inside

    function _requireTerms(RoundTerms calldata terms, uint256 companyId, SettlementToken memory token) private view {
        if (!_rules[terms.rules]) revert RulesNotAllowed(terms.rules);
        uint16 agreed = _feeOf(companyId);
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
        IRoundRules(terms.rules).requireTerms(token.currency, terms.opensAt, terms.deadline, millionths);
    }

    function _allowRules(address rules, bool allowed) private {
        _rules[rules] = allowed;
        _emit(RulesAllowed.selector, _topic(rules), abi.encode(allowed));
    }

    function _setFeeRecipient(address recipient) private {
        if (recipient == address(0)) revert FeeRecipientMissing();
        _counts.feeRecipient = recipient;
        _emit(FeeRecipientSet.selector, _topic(recipient), "");
    }
}
