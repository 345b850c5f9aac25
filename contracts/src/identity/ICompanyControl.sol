// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ICompanyControl
/// @notice The face of a Directory that Recovery calls.
interface ICompanyControl {
    /// @notice Makes another wallet the company's controller; its Recovery alone may call this.
    function changeControllerByRecovery(uint256 companyId, address newController) external;
}
