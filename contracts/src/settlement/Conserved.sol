// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a contract holds of one token and what it owes in it, in the token's smallest unit; `surplus` is
/// what was sent to it without being asked for and belongs to nobody.
struct Position {
    address token;
    uint256 held;
    uint256 owed;
    uint256 surplus;
}

/// @title Conserved
/// @notice Every contract that holds money shows that it holds at least what it owes, token by token.
interface Conserved {
    function conserved() external view returns (Position[] memory);
}
