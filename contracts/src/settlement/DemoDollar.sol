// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @title DemoDollar
/// @notice Worthless settlement token of the embedded chain, in the shape of a dollar stablecoin: six decimals,
/// EIP-2612 and EIP-3009, free to mint. It stands in for a token that is not ours and so keeps no history head.
contract DemoDollar is ERC20Permit, ERC3009 {
    /// @notice Most that one call mints: ten million dollars.
    uint256 public constant MOST_PER_MINT = 10_000_000e6;

    error MintTooLarge(uint256 requested, uint256 most);

    constructor() ERC20("Demo Dollar", "DUSD") ERC20Permit("Demo Dollar") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        if (amount > MOST_PER_MINT) revert MintTooLarge(amount, MOST_PER_MINT);
        _mint(to, amount);
    }
}
