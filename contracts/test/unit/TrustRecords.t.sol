// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../../src/identity/IInvestorRegistry.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {Test} from "forge-std/Test.sol";

contract CountedSeats is TrustRecords(IInvestorRegistry(address(0))) {
    function count(uint256 seats) external pure returns (uint256) {
        return _count(seats);
    }
}

/// @notice Seats, of which a trust has forty, against counting them one by one.
contract TrustRecordsTest is Test {
    uint256 private constant SEATS = 40;

    CountedSeats private seats;

    function setUp() public {
        seats = new CountedSeats();
    }

    function testFuzz_CountsEachSeatOnce(uint40 taken) public view {
        _counts(taken);
    }

    function test_CountsAnySeatWithAnyOther() public view {
        _counts(0);
        _counts(type(uint40).max);
        for (uint256 one = 0; one < SEATS; ++one) {
            for (uint256 other = 0; other < SEATS; ++other) {
                _counts(uint40(1 << one | 1 << other));
                _counts(~uint40(1 << one | 1 << other));
            }
        }
    }

    function _counts(uint40 taken) private view {
        uint256 expected = 0;
        for (uint256 seat = 0; seat < SEATS; ++seat) {
            expected += taken >> seat & 1;
        }
        assertEq(seats.count(taken), expected);
    }
}
