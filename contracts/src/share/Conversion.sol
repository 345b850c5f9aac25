// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {ActEvents} from "./ActEvents.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {LockedLots} from "./LockedLots.sol";
import {TransferRules} from "./TransferRules.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title IConvertible
/// @notice What classes of one company ask each other.
interface IConvertible {
    /// @notice Shares that one share of the opening has become.
    function splitFactor() external view returns (uint256);

    /// @notice The class into which its holders may convert; zero for none.
    function convertsInto() external view returns (address);

    /// @notice Called by a class of the same company that converts into this one.
    /// @param lots of `shares` that are locked
    function issueConverted(address to, uint64 shares, LockedLots.Lot[] calldata lots) external;
}

/// @title Conversion
/// @notice A holder turns shares of one class into shares of another of the same company, at the rate of the terms, in
/// which the splits of both are counted. Lots keep their dates: the holding period goes on.
abstract contract Conversion is TransferRules, ActEvents {
    using SafeCast for uint256;

    /// @notice Converts shares of the caller into the class that the terms name. Only a number that becomes a whole
    /// number of shares.
    function convert(uint64 shares) external returns (uint64 received) {
        if (!_maySend(msg.sender)) revert IERC7943Fungible.ERC7943CannotSend(msg.sender);
        (address into, uint256 numerator, uint256 denominator) = conversionRate();
        uint256 whole = uint256(shares) * numerator;
        if (whole % denominator != 0) revert NotWhole(shares, numerator, denominator);
        received = (whole / denominator).toUint64();
        LockedLots.Lot[] memory lots = _end(_advance(), shares);
        _convertLots(lots, numerator, denominator);
        _emit(SharesConverted.selector, _topic(msg.sender), _topic(into), abi.encode(shares, received));
        IConvertible(into).issueConverted(msg.sender, received, lots);
    }

    /// @notice Into what this class converts now, and at what rate; reverts when it converts into none.
    function conversionRate() public view returns (address into, uint256 numerator, uint256 denominator) {
        (into, numerator, denominator) = ClassTermsCodec.conversion();
        if (into == address(0)) revert NotConvertible(address(this));
        numerator *= IConvertible(into).splitFactor() / _loadCapacity().conversionFactor;
        denominator *= _factorOf(_loadRegister().lastSplit);
    }

    /// @notice Called by a class of the same company that converts into this one.
    /// @param lots of `shares` that are locked
    function issueConverted(address to, uint64 shares, LockedLots.Lot[] calldata lots) external {
        bool convertible = _isOfCompany(msg.sender, ICompanies.Kind.ShareClass)
            && IConvertible(msg.sender).convertsInto() == address(this);
        if (!convertible) revert NotConvertible(msg.sender);
        Register memory r = _advance();
        _requireAuthorised(r, shares);
        _issue(r, msg.sender, _receiver(to), shares, lots);
    }

    /// @dev Each lot becomes a part of the running sum rounded up, counted from the latest: rounding frees no locked
    /// share and brings none an earlier date.
    function _convertLots(LockedLots.Lot[] memory lots, uint256 numerator, uint256 denominator) private pure {
        (uint256 old, uint256 converted) = (0, 0);
        for (uint256 i = lots.length; i > 0; --i) {
            old += lots[i - 1].shares;
            uint256 total = (old * numerator + denominator - 1) / denominator;
            // No more than all shares become, which are a 64-bit number.
            lots[i - 1].shares = uint64(total - converted);
            converted = total;
        }
    }
}
