// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that lets those whom it pays act in between, and of whom some act badly.
contract HookedDollar is ERC20 {
    uint256 private constant BOMB = 100_000;
    mapping(address => bool) private _burning;
    mapping(address => bool) private _bombing;

    constructor() ERC20("Hooked Dollar", "HOOK") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burnGasOf(address account, bool on) external {
        _burning[account] = on;
    }

    function answerBombOf(address account, bool on) external {
        _bombing[account] = on;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        while (_burning[to]) {}
        if (!_bombing[to]) return;
        assembly ("memory-safe") {
            revert(0, BOMB)
        }
    }
}
