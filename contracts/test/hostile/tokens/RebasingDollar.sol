// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A settlement token whose balances all grow and shrink by an index. What moves is kept in parts of 1 / index,
/// rounded down or up, so that a receiver may get one unit less, or a sender lose one more.
contract RebasingDollar {
    uint256 private constant ONE = 1e18;

    uint256 public index = ONE;
    bool public roundsUp;
    mapping(address => uint256) public partsOf;
    mapping(address => mapping(address => uint256)) public allowance;

    error TooLittle(address account, uint256 parts, uint256 needed);

    function decimals() external pure returns (uint8) {
        return 6;
    }

    /// @param index_ what a balance of one becomes, in 1e-18
    function rebase(uint256 index_) external {
        index = index_;
    }

    function roundUp(bool on) external {
        roundsUp = on;
    }

    function mint(address to, uint256 amount) external {
        partsOf[to] += _ceil(amount);
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
        return true;
    }

    function balanceOf(address account) external view returns (uint256) {
        return partsOf[account] * index / ONE;
    }

    function _move(address from, address to, uint256 amount) private {
        uint256 parts = roundsUp ? _ceil(amount) : amount * ONE / index;
        if (parts > partsOf[from]) revert TooLittle(from, partsOf[from], parts);
        partsOf[from] -= parts;
        partsOf[to] += parts;
    }

    function _ceil(uint256 amount) private view returns (uint256) {
        return (amount * ONE + index - 1) / index;
    }
}
