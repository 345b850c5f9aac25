// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title WithholdingRates
/// @notice The withholding rates of one holder, each in force from one record date to the next that is noted.
/// @dev In ascending order of record date, eight to a slot.
library WithholdingRates {
    /// @param recordDate index of the first record date for which it holds
    /// @param bps hundredths of a percent
    struct Rate {
        uint16 recordDate;
        uint16 bps;
    }

    /// @notice Sets the rate for a record date and those after it; what holds for earlier ones stays.
    /// @return changed false when that was the rate already
    function note(Rate[] storage rates, uint16 recordDate, uint16 bps) internal returns (bool changed) {
        uint256 count = rates.length;
        bool newest = count == 0 || rates[count - 1].recordDate <= recordDate;
        if (newest && rateAt(rates, recordDate) == bps) return false;
        while (count > 0 && rates[count - 1].recordDate >= recordDate) {
            rates.pop();
            --count;
        }
        if (rateAt(rates, recordDate) != bps) rates.push(Rate(recordDate, bps));
        return true;
    }

    /// @notice The rate for a record date; zero when none was noted.
    function rateAt(Rate[] storage rates, uint16 recordDate) internal view returns (uint256) {
        for (uint256 i = rates.length; i > 0; --i) {
            if (rates[i - 1].recordDate <= recordDate) return rates[i - 1].bps;
        }
        return 0;
    }
}
