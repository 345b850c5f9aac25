// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IAllotments
/// @notice What votes read of a settled round.
interface IAllotments {
    /// @param outside whether the person is neither the issuer nor its affiliate
    function allotmentOf(bytes32 identity) external view returns (address wallet, uint64 shares, bool outside);

    /// @notice All shares allotted to such persons.
    function outsideShares() external view returns (uint256);
}
