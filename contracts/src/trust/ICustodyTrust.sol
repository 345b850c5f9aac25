// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ITrustFund
/// @notice What the round whose proceeds a trust holds asks of it.
interface ITrustFund {
    /// @notice Called by the round after it transferred `amount` of the settlement token. Accepted at any time, after
    /// the end of the trust too.
    function receiveProceeds(uint256 amount) external;
}

/// @title ITrustOffices
/// @notice What the Directory that opened a trust asks of it.
interface ITrustOffices {
    /// @notice Called by the Directory, once, when it opens the round whose proceeds the trust is to hold; the round's
    /// settlement token is the trust's. Reverts unless the deed leaves the beneficiaries to a round.
    function bindRound(address round) external;

    /// @notice Called by the Directory when it opened a vote of the round's outside allotments whose subject is
    /// `vetoMotion(disbursement)`: nothing is paid until the vote is over. Reverts unless the disbursement is within its
    /// challenge period and was not voted on before.
    function suspend(uint256 disbursement, address vote) external;

    /// @notice Called by the Directory when it opened a vote of the round's outside allotments on another motion, whose
    /// subject is the motion: `removalMotion` or `appointmentMotion`. Reverts while an earlier vote on it is open or
    /// carried.
    function bindVote(bytes32 motion, address vote) external;
}

/// @title ITrustBooks
/// @notice What the Directory that opened a trust and the share class whose shares it holds read of it.
interface ITrustBooks {
    /// @notice The round whose proceeds the trust holds; zero when none is bound.
    function round() external view returns (address);

    /// @notice The money that the trust holds; zero when it holds shares only.
    function settlementToken() external view returns (address);

    /// @notice Who gave the fund: of a trust that holds a round's proceeds, who controlled the company when it was opened.
    function settlor() external view returns (address);

    /// @notice The shares that the trust holds; zero when it holds money only.
    function shareClass() external view returns (address);

    /// @notice keccak256(abi.encode("remove", trust, trustee)).
    function removalMotion(address trustee) external view returns (bytes32);

    /// @notice keccak256(abi.encode("appoint", trust, nominee)).
    function appointmentMotion(address nominee) external view returns (bytes32);

    /// @notice keccak256(abi.encode("veto", trust, disbursement)).
    function vetoMotion(uint256 disbursement) external view returns (bytes32);

    /// @notice On what terms the deed has votes opened: hundredths of a percent, and seconds.
    /// @param openingBps of the round's outside shares, as many as a person needs to have a vote opened
    function voteTerms()
        external
        view
        returns (uint16 openingBps, uint16 quorumBps, uint16 majorityBps, uint40 duration);

    /// @notice How many persons hold through the trust under a cap on holders: its listed beneficiaries.
    function persons() external view returns (uint256);
}

/// @title ICustodyTrust
/// @notice A trust to the contracts around it.
interface ICustodyTrust is ITrustFund, ITrustOffices, ITrustBooks {}
