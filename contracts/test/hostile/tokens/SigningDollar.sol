// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that takes any signature for a permit and an authorization, and calls somebody in the middle of each.
contract SigningDollar is ERC20 {
    address private _target;
    bytes private _call;
    bytes public failure;
    uint256 public calls;

    constructor() ERC20("Signing Dollar", "SIGN") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice From now on calls `target` in the middle of each permit and each transfer.
    function reenter(address target, bytes calldata call) external {
        (_target, _call) = (target, call);
        (calls, failure) = (0, "");
    }

    function permit(address owner, address spender, uint256 amount, uint256, uint8, bytes32, bytes32) external {
        _approve(owner, spender, amount);
        _reenter();
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 amount,
        uint256,
        uint256,
        bytes32,
        uint8,
        bytes32,
        bytes32
    ) external {
        _transfer(from, to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0)) _reenter();
    }

    function _reenter() private {
        if (_target == address(0)) return;
        ++calls;
        // What the reentered contract answers is what the test is about.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = _target.call(_call);
        failure = done ? bytes("") : answer;
    }
}
