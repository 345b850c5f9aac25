// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title WithholdingRates
/// @notice The withholding rates of one holder, each in force from one record date to the next that is noted.
/// @dev In ascending order of record date, four to a slot. By the date itself: an index says nothing of what comes first.
library WithholdingRates {
    /// @param date the first record date, in seconds, for which it holds
    /// @param bps hundredths of a percent
    struct Rate {
        uint40 date;
        uint16 bps;
    }

    /// @notice Sets the rate for a record date and those after it; what holds for earlier ones stays.
    /// @return changed false when that was the rate already
    function note(Rate[] storage rates, uint40 date, uint16 bps) internal returns (bool changed) {
        uint256 count = rates.length;
        bool newest = count == 0 || rates[count - 1].date <= date;
        if (newest && rateAt(rates, date) == bps) return false;
        while (count > 0 && rates[count - 1].date >= date) {
            rates.pop();
            --count;
        }
        if (rateAt(rates, date) != bps) rates.push(Rate(date, bps));
        return true;
    }

    /// @notice The rate for a record date; zero when none was noted.
    function rateAt(Rate[] storage rates, uint40 date) internal view returns (uint256) {
        for (uint256 i = rates.length; i > 0; --i) {
            if (rates[i - 1].date <= date) return rates[i - 1].bps;
        }
        return 0;
    }
}
