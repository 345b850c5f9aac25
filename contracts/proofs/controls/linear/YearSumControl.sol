// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {YearSum} from "../../../src/identity/YearSum.sol";

/// @notice What is not so, and must be found out: that an addition never reaches its limit, and that the newest day's share
/// can be given back of a total that has forgotten the older days.
contract YearSumControl {
    function neverReachesTheLimit(uint256 total, uint256 amount, uint256 limit) external pure {
        if (!YearSum.fits(total, amount, limit)) return;
        (total,) = YearSum.plus(total, 0, amount);
        assert(total < limit);
    }

    function givesBackNothing(uint256 ofDay, uint256 amount) external pure {
        require(ofDay <= YearSum.MOST);
        (,, uint256 given) = YearSum.minus(ofDay, ofDay, amount);
        assert(given == 0);
    }
}
