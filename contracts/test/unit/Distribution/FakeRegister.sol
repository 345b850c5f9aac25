// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IShareRegister} from "../../../src/distribution/IShareRegister.sol";

/// @notice A share class whose register at each record date is written down by the test.
contract FakeRegister is IShareRegister {
    uint256 public votesPerShare = 1;
    uint256[] private _dates = [0];
    mapping(uint256 recordDate => uint256) private _supplies;
    mapping(uint256 recordDate => mapping(address wallet => uint256)) private _balances;

    error TooEarly(uint256 recordDate);

    function setVotesPerShare(uint256 votes) external {
        votesPerShare = votes;
    }

    function declareRecordDate(uint256 date) external returns (uint16) {
        _dates.push(date);
        return uint16(_dates.length - 1);
    }

    function set(uint16 recordDate, address wallet, uint256 shares) external {
        _supplies[recordDate] = _supplies[recordDate] + shares - _balances[recordDate][wallet];
        _balances[recordDate][wallet] = shares;
    }

    function recordDates(uint16 recordDate) external view returns (uint256) {
        return recordDate < _dates.length ? _dates[recordDate] : 0;
    }

    function balanceAt(address wallet, uint16 recordDate) external view returns (uint256) {
        _requirePassed(recordDate);
        return _balances[recordDate][wallet];
    }

    /// @dev Each record date ends the period of its own number.
    function periodBefore(uint16 recordDate) external view returns (uint16 period, uint16 lastSplit) {
        _requirePassed(recordDate);
        return (recordDate, 0);
    }

    function balanceIn(address wallet, uint256 period, uint256) external view returns (uint256) {
        return _balances[period][wallet];
    }

    function supplyAt(uint16 recordDate) external view returns (uint256) {
        _requirePassed(recordDate);
        return _supplies[recordDate];
    }

    function _requirePassed(uint16 recordDate) private view {
        if (block.timestamp < _dates[recordDate]) revert TooEarly(recordDate);
    }
}
