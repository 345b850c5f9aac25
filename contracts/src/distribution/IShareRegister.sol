// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IShareRegister
/// @notice What distributions and votes read of a share class.
interface IShareRegister {
    /// @notice The second, UTC, of a record date; zero when there is none of that index.
    function recordDates(uint16 recordDate) external view returns (uint256);

    /// @notice What a wallet held at a record date whose time has come.
    function balanceAt(address wallet, uint16 recordDate) external view returns (uint256);

    /// @notice The period that a record date whose time has come put an end to, and the one that began with the last
    /// split before it. Neither changes any more.
    function periodBefore(uint16 recordDate) external view returns (uint16 period, uint16 lastSplit);

    /// @notice What a wallet held at the end of a period, in shares of that time.
    /// @param lastSplit period that began with the last split up to then, as `periodBefore` says
    function balanceIn(address wallet, uint256 period, uint256 lastSplit) external view returns (uint256);

    /// @notice All shares in issue at a record date whose time has come.
    function supplyAt(uint16 recordDate) external view returns (uint256);

    /// @notice Votes that each share of the class has.
    function votesPerShare() external view returns (uint256);
}
