// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";

/// @title IRoundRules
/// @notice What a legal regime asks of a round. A round keeps the rules that it was opened with. Times are seconds
/// since 1970, UTC; windows are half-open; amounts are in millionths of the currency.
interface IRoundRules {
    /// @notice The regime's name as the investor registry and the limits know it.
    function regime() external view returns (bytes32);

    /// @notice Reverts when a round with these terms may not be opened.
    function requireTerms(uint256 opensAt, uint256 deadline, uint256 maximumProceeds) external view;

    /// @notice Reverts when the round may not be closed at `time`.
    function requireClosable(uint256 opensAt, uint256 deadline, uint256 time) external view;

    /// @notice First second at which a commitment can no longer be cancelled.
    function cancellableUntil(uint256 opensAt, uint256 deadline) external view returns (uint256);

    /// @notice Most that a person may commit in twelve months.
    /// @param attested what the registrar attested for this regime and currency; zero when nothing
    function yearlyLimit(Category category, uint256 attested) external view returns (uint256);

    /// @notice First second at which shares issued at `issuedAt` may be resold freely.
    function lockedUntil(uint256 issuedAt) external view returns (uint256);
}
