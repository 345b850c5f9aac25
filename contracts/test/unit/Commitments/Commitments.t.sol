// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Commitment, CommitmentState, Commitments} from "../../../src/round/Commitments.sol";
import {Test} from "forge-std/Test.sol";

contract CommitmentsTest is Test {
    using Commitments for Commitment;
    using Commitments for uint256;

    uint64 private constant MOST = 2 ** 43 - 1;
    uint256 private constant LONGEST = 2 ** 29 - 1;

    function testFuzz_ReadsBackWhatWasPacked(uint256 seed, uint256 figures, uint40 opensAt) public pure {
        opensAt = uint40(bound(opensAt, 0, type(uint32).max));
        Commitment memory c;
        c.wallet = address(uint160(seed));
        c.state = CommitmentState(1 + (seed >> 160) % 5);
        c.category = Category((seed >> 168) % 7);
        (c.affiliated, c.counted, c.creditPaid) = (seed >> 176 & 1 == 1, seed >> 177 & 1 == 1, seed >> 178 & 1 == 1);
        c.termsVersion = uint16(seed >> 179);
        c.shares = uint64(figures & MOST);
        c.allotted = uint64(figures >> 64 & MOST);
        c.committedAt = uint40(opensAt + (figures >> 128 & LONGEST));
        uint256 slot = c.pack(opensAt);
        if (c.state == CommitmentState.Settled) (c.committedAt, c.termsVersion, c.category) = (0, 0, Category.None);
        else (c.allotted, c.creditPaid) = (0, false);
        assertEq(keccak256(abi.encode(slot.unpack(opensAt))), keccak256(abi.encode(c)));
    }

    function test_ReadsBackTheMostOfEachState() public pure {
        for (uint256 state = 1; state < 6; ++state) {
            Commitment memory c;
            (c.wallet, c.shares, c.state) = (address(type(uint160).max), uint64(MOST), CommitmentState(state));
            (c.affiliated, c.counted) = (state % 2 == 0, state % 3 == 0);
            if (c.state == CommitmentState.Settled) {
                (c.allotted, c.creditPaid) = (uint64(MOST), true);
            } else {
                c.committedAt = uint40(1_494_288_000 + LONGEST);
                (c.termsVersion, c.category) = (type(uint16).max, Category.Nominee);
            }
            assertEq(keccak256(abi.encode(c.pack(1_494_288_000).unpack(1_494_288_000))), keccak256(abi.encode(c)));
        }
    }

    function test_ReadsAnEmptySlotAsNoCommitment() public pure {
        Commitment memory none;
        assertEq(keccak256(abi.encode(uint256(0).unpack(1_494_288_000))), keccak256(abi.encode(none)));
    }

    /// @dev What an auditor reads from a storage proof.
    function test_KeepsEachFieldInItsPlace() public pure {
        Commitment memory c;
        c.wallet = address(0xA11CE);
        c.shares = 100;
        c.committedAt = 1_494_288_000 + 7;
        c.termsVersion = 2;
        c.category = Category.Retail;
        c.state = CommitmentState.Live;
        c.affiliated = true;
        uint256 slot = c.pack(1_494_288_000);
        assertEq(address(uint160(slot)), address(0xA11CE));
        assertEq(slot >> 160 & MOST, 100);
        assertEq(slot >> 203 & LONGEST, 7);
        assertEq(slot >> 232 & 0xffff, 2);
        assertEq(slot >> 248 & 7, uint256(Category.Retail));
        assertEq(slot >> 251 & 7, uint256(CommitmentState.Live));
        assertEq(slot >> 254, 1);
    }

    function test_KeepsTheAllotmentOfASettledOneInItsPlace() public pure {
        Commitment memory c;
        c.wallet = address(0xA11CE);
        c.shares = 100;
        c.allotted = 66;
        c.creditPaid = true;
        c.state = CommitmentState.Settled;
        uint256 slot = c.pack(1_494_288_000);
        assertEq(address(uint160(slot)), address(0xA11CE));
        assertEq(slot >> 160 & MOST, 100);
        assertEq(slot >> 203 & MOST, 66);
        assertEq(slot >> 246 & 31, 1, "the credit, and zeros");
        assertEq(slot >> 251, uint256(CommitmentState.Settled));
    }
}
