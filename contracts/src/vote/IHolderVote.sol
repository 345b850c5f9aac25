// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IHolderVote
/// @notice What those bound by a vote of holders read: a trust whose disbursement or trustee is voted on, a share class
/// whose authorised number is.
interface IHolderVote {
    enum Outcome {
        Pending,
        Passed,
        Failed
    }

    /// @notice Pending until the vote closes; from then on what its ballots say, without anyone's transaction.
    function outcome() external view returns (Outcome);

    /// @notice What is decided: the hash of the decision's parameters, as the contract bound by it defines them.
    function subject() external view returns (bytes32);

    /// @notice First second, UTC, at which ballots are no longer taken.
    function closesAt() external view returns (uint256);

    /// @notice Whether `subject_` has passed in this vote by those alone whom `electorate` names: a share class, or the
    /// round whose outside allotments vote. False while pending, and false when others voted along: a class is not
    /// outvoted by another on what concerns it.
    function passedBy(address electorate, bytes32 subject_) external view returns (bool);
}
