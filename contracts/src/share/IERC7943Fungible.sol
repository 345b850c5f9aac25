// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title IERC7943Fungible
/// @notice ERC-7943, the universal interface of real-world assets, for ERC-20 tokens. Interface id 0x3edbb4c4.
interface IERC7943Fungible is IERC165 {
    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);
    event Frozen(address indexed account, uint256 amount);

    error ERC7943CannotSend(address account);
    error ERC7943CannotReceive(address account);
    error ERC7943CannotTransfer(address from, address to, uint256 amount);
    error ERC7943InsufficientUnfrozenBalance(address account, uint256 amount, uint256 unfrozen);

    /// @notice Takes tokens from one account and gives them to another.
    function forcedTransfer(address from, address to, uint256 amount) external returns (bool result);

    /// @notice Sets how many of an account's tokens are frozen; more than it holds is allowed.
    function setFrozenTokens(address account, uint256 amount) external returns (bool result);

    /// @notice Whether an account may send at all. Never reverts.
    function canSend(address account) external view returns (bool allowed);

    /// @notice Whether an account may receive at all. Never reverts.
    function canReceive(address account) external view returns (bool allowed);

    /// @notice How many of an account's tokens are frozen; may be more than it holds.
    function getFrozenTokens(address account) external view returns (uint256 amount);

    /// @notice Whether the rules allow a transfer now; a lack of balance is not asked for. Never reverts.
    function canTransfer(address from, address to, uint256 amount) external view returns (bool allowed);
}
