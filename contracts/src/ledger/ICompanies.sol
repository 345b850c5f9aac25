// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ICompanies
/// @notice The face of a Directory that the instances it opened ask.
interface ICompanies {
    /// @notice The wallet that acts for a company now.
    function controllerOf(uint256 companyId) external view returns (address);
}
