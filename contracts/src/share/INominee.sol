// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title INominee
/// @notice A contract that holds shares for others: a trust.
interface INominee {
    /// @notice For how many persons it holds; they count under a holder cap in its place.
    function personsBehind() external view returns (uint256);
}
