// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Allotment} from "../../../src/round/Allotment.sol";
import {Test} from "forge-std/Test.sol";

contract AllotmentTest is Test {
    /// @dev S05's figures.
    function test_AllotsTheFiledExampleToTheShare() public pure {
        uint256[4] memory asked = [uint256(200_000), 120_000, 70_000, 30_001];
        uint256[4] memory expected = [uint256(149_999), 90_000, 52_500, 22_501];
        uint256 before = 0;
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(Allotment.ofCommitment(before, asked[i], 315_000, 420_001), expected[i]);
            before += asked[i];
        }
    }

    function testFuzz_AddsUpToWhatIsOnSale(uint32[12] memory asked, uint256 onSale) public pure {
        uint256 total = 0;
        for (uint256 i = 0; i < 12; ++i) {
            total += asked[i];
        }
        vm.assume(total > 0);
        onSale = bound(onSale, 1, total);
        uint256 before = 0;
        uint256 sum = 0;
        for (uint256 i = 0; i < 12; ++i) {
            uint256 allotted = Allotment.ofCommitment(before, asked[i], onSale, total);
            assertLe(allotted, asked[i], "never more than asked");
            assertApproxEqAbs(allotted * total, asked[i] * onSale, total, "within one share of the quota");
            before += asked[i];
            sum += allotted;
        }
        assertEq(sum, onSale);
    }

    function testFuzz_AllotsEverythingWhenNoMoreIsAsked(uint64 before, uint64 shares, uint64 spare) public pure {
        uint256 total = uint256(before) + shares;
        assertEq(Allotment.ofCommitment(before, shares, total + spare, total), shares);
    }

    /// @dev Splitting a commitment over two places never gains more than a share.
    function testFuzz_GainsNoMoreThanAShareBySplitting(
        uint32 before,
        uint32 first,
        uint32 second,
        uint32 others,
        uint32 sale
    ) public pure {
        uint256 total = uint256(before) + first + second + others;
        vm.assume(total > 0);
        uint256 onSale = bound(sale, 1, total);
        uint256 whole = Allotment.ofCommitment(before, uint256(first) + second, onSale, total);
        uint256 parts = Allotment.ofCommitment(before, first, onSale, total)
            + Allotment.ofCommitment(uint256(before) + first, second, onSale, total);
        assertEq(parts, whole);
        uint256 apart = Allotment.ofCommitment(before, first, onSale, total)
            + Allotment.ofCommitment(uint256(before) + first + others, second, onSale, total);
        assertLe(apart, whole + 1);
    }
}
