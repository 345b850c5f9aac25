// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A settlement token whose issuer stops all transfers, and lets them go on.
contract PausingDollar is ERC20 {
    bool public paused;

    error Paused();

    constructor() ERC20("Pausing Dollar", "PUSD") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function pause(bool on) external {
        paused = on;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (paused) revert Paused();
        super._update(from, to, amount);
    }
}
