// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "./Companies.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Platform
/// @notice In which money and under which rules rounds may be opened, and who receives the fee. What was opened keeps
/// what it was opened with.
abstract contract Platform is Companies {
    /// @param place in the list of settlement tokens, counted from 1
    struct SettlementToken {
        bytes3 currency;
        uint8 decimals;
        uint32 place;
    }

    /// @notice Most decimals of a settlement token.
    uint8 public constant MOST_DECIMALS = 18;

    mapping(address token => SettlementToken) private _tokens;
    address[] private _tokenList;
    mapping(address rules => bool) private _rules;

    event SettlementTokenListed(address indexed token, bytes3 currency, uint256 decimals);
    event SettlementTokenDelisted(address indexed token);
    event RulesAllowed(address indexed rules, bool allowed);
    event FeeRecipientSet(address indexed recipient);

    error NotASettlementToken(address token);
    error CurrencyMissing();
    error TooManyDecimals(uint256 decimals, uint256 most);
    error RulesNotAllowed(address rules);
    error FeeRecipientMissing();

    /// @notice Lists a token in which rounds, trusts and distributions may be held.
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

    /// @notice Nothing further may be opened in `token`; what runs goes on.
    function delistSettlementToken(address token) external restricted {
        uint32 place = _requireToken(token).place;
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

    /// @notice Sets who receives the fee of what is opened from now on.
    function setFeeRecipient(address recipient) external restricted {
        _setFeeRecipient(recipient);
    }

    function feeRecipient() public view returns (address) {
        return _counts.feeRecipient;
    }

    /// @notice Currency zero when `token` is not listed.
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

    function rulesAllowed(address rules) public view returns (bool) {
        return _rules[rules];
    }

    function _requireToken(address token) internal view returns (SettlementToken memory listedToken) {
        listedToken = _tokens[token];
        if (listedToken.currency == 0) revert NotASettlementToken(token);
    }

    function _allowRules(address rules, bool allowed) internal {
        _rules[rules] = allowed;
        _emit(RulesAllowed.selector, _topic(rules), abi.encode(allowed));
    }

    function _setFeeRecipient(address recipient) internal {
        if (recipient == address(0)) revert FeeRecipientMissing();
        _counts.feeRecipient = recipient;
        _emit(FeeRecipientSet.selector, _topic(recipient), "");
    }
}
