// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IProceedsRound
/// @notice What a trust asks the round whose proceeds it holds.
interface IProceedsRound {
    enum Status {
        Open,
        Tallying,
        Settling,
        Settled,
        Failed,
        Cancelled
    }

    function status() external view returns (Status);

    /// @notice What a person received in the round, and the wallet that acts for the person there; `outside` when neither
    /// the issuer nor an affiliate of it at the tally.
    function allotmentOf(bytes32 identity) external view returns (address wallet, uint64 shares, bool outside);

    /// @notice All shares sold; final once settled.
    function soldShares() external view returns (uint64);

    /// @notice Those of them that outsiders received; final once settled.
    function outsideShares() external view returns (uint64);

    /// @notice What the trust is credited with and was not paid yet.
    function proceedsOwed() external view returns (uint256);

    /// @notice Transfers what the trust is credited with and calls its `receiveProceeds`; in a shortfall, to the trust
    /// alone.
    function payProceeds() external;
}
