// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IRoundSteps
/// @notice How a round is amended by its issuer and its investors agree, and how it ends, each step by anyone: close -> tally ->
/// settle -> pay.
interface IRoundSteps {
    /// @notice Replaces the documents and may put the deadline off. Who has committed may cancel until the new deadline;
    /// when the change is material and the regime asks for it, a commitment that is not reconfirmed in time is refunded.
    /// @param newDeadline not before the present one; later still when the regime or `AMENDMENT_NOTICE` asks
    /// @param newTermsHash keccak256 of the terms document as amended
    function amend(uint40 newDeadline, bytes32 newTermsHash, bool material) external;

    /// @notice Announces that commitments end before the deadline, once the minimum is reached and with the notice that the
    /// regime asks; an announcement is replaced by an amendment only.
    function announceEarlyClose(uint40 closeAt) external;

    /// @notice Ends the round before its tally ends, by whoever controls the company: everything is refundable.
    function cancelByIssuer(bytes32 reason) external;

    /// @notice Agrees to the amended terms for all that the caller committed.
    function reconfirm(uint16 termsVersion) external;

    /// @notice Lets a commitment follow its person to the wallet that the registry knows now, after a recovery or an
    /// inheritance; by anyone.
    function moveCommitment(bytes32 identity) external;

    /// @notice Ends commitments, once the rules allow it: at the deadline, or at an early close that was announced and
    /// finds the minimum still reached.
    function close() external;

    /// @notice Checks up to `count` further commitments, in their order, once the last reflection and reconfirmation is
    /// over: whose person may not receive shares, or did not reconfirm, is excluded. After the last one the total stands
    /// and the round succeeds or fails.
    function tally(uint256 count) external;

    /// @notice Allots up to `count` further commitments in their order: issues their shares, credits the issuer or its
    /// trust and the fee with their money, and the investor with the excess. Who lost eligibility since the tally is left
    /// to be refunded; those shares stay unsold and nothing else moves.
    function settle(uint256 count) external;

    /// @notice Gives an investor back the money of the shares that were asked for and not allotted, by anyone; in a
    /// shortfall, pro rata, by their wallet alone.
    function claimCredit(bytes32 identity) external;

    /// @notice Pays the proceeds credited so far to the round's trust, or else to whoever controls the company now, by
    /// anyone; in a shortfall, pro rata, by the recipient alone.
    function payProceeds() external;

    /// @notice Pays the platform the fee that it is credited with, by anyone; in a shortfall, pro rata, by the recipient
    /// alone.
    function payFee() external;
}
