// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title YearSum
/// @notice The arithmetic of a sum over days: the total is always the sum of its days, and no addition takes it past the
/// limit.
library YearSum {
    /// @notice Most that a total can be.
    uint256 internal constant MOST = type(uint88).max;

    /// @notice Whether `amount` more stays within `limit`.
    function fits(uint256 total, uint256 amount, uint256 limit) internal pure returns (bool) {
        uint256 most = limit < MOST ? limit : MOST;
        return total <= most && amount <= most - total;
    }

    /// @notice Counts an amount that fits.
    /// @param ofDay what is counted of the day
    /// @return the total after
    /// @return what is counted of the day after
    function plus(uint256 total, uint256 ofDay, uint256 amount) internal pure returns (uint256, uint256) {
        return (total + amount, ofDay + amount);
    }

    /// @notice Gives back `amount`, or what is counted of the day if that is less.
    /// @return the total after
    /// @return what is counted of the day after
    /// @return how much was given back
    function minus(uint256 total, uint256 ofDay, uint256 amount) internal pure returns (uint256, uint256, uint256) {
        uint256 given = amount < ofDay ? amount : ofDay;
        return (total - given, ofDay - given, given);
    }
}
