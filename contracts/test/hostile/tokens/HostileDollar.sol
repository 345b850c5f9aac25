// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A settlement token that its issuer may turn against those who hold it.
contract HostileDollar is ERC20 {
    uint256 public feeBps;
    bool public refuses;
    mapping(address => bool) public blacklisted;
    address private _reentered;
    bytes private _reentry;
    bytes public reentryFailure;
    uint256 public reentries;
    uint8 private immutable DECIMALS;

    error Blacklisted(address account);

    constructor(uint8 decimals_) ERC20("Hostile Dollar", "HUSD") {
        DECIMALS = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function wipe(address from, uint256 amount) external {
        _burn(from, amount);
    }

    function takeFee(uint256 bps) external {
        feeBps = bps;
    }

    function refuse(bool on) external {
        refuses = on;
    }

    function blacklist(address account, bool on) external {
        blacklisted[account] = on;
    }

    /// @notice From now on calls `target` in the middle of each transfer.
    function reenter(address target, bytes calldata call) external {
        _reentered = target;
        _reentry = call;
        reentries = 0;
        reentryFailure = "";
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transferFrom(from, to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (blacklisted[from]) revert Blacklisted(from);
        if (blacklisted[to]) revert Blacklisted(to);
        bool moved = from != address(0) && to != address(0);
        uint256 fee = moved ? amount * feeBps / 10_000 : 0;
        super._update(from, to, amount - fee);
        if (fee > 0) super._update(from, address(this), fee);
        if (moved && _reentered != address(0)) _reenter();
    }

    function _reenter() private {
        ++reentries;
        // What the reentered contract answers is what the test is about.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = _reentered.call(_reentry);
        if (!done) reentryFailure = answer;
    }
}
