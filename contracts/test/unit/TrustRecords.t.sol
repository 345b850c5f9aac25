// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../../src/identity/IInvestorRegistry.sol";
import {Beneficiary, Deed, DeedCodec, TrustOrigin} from "../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {Test} from "forge-std/Test.sol";

contract CountedSeats is TrustRecords(IInvestorRegistry(address(0))) {
    function count(uint256 seats) external pure returns (uint256) {
        return _count(seats);
    }

    /// @dev The units of all beneficiaries, with a word in memory behind the deed.
    function units(bytes calldata deed, uint256 behind) external pure returns (uint256 total, uint256[2] memory words) {
        bytes memory args = deed;
        words = [behind, behind];
        total = _totalUnits(args);
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

    function test_CountsTheUnitsOfTheDeedAlone() public view {
        Deed memory deed;
        deed.beneficiaries = new Beneficiary[](2);
        deed.beneficiaries[0] = Beneficiary(address(1), 50);
        deed.beneficiaries[1] = Beneficiary(address(2), 30);
        TrustOrigin memory origin;
        (uint256 total,) = seats.units(DeedCodec.pack(deed, origin), type(uint256).max);
        assertEq(total, 80);
    }
}
