// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";

enum CommitmentState {
    None,
    Live,
    Excluded,
    Cancelled,
    Settled,
    Refunded
}

/// @notice What one person committed to a round, and what became of it.
/// @param wallet that the money came from and goes back to
/// @param shares committed; the money of those is in the round until they are settled or given back
/// @param allotted of those; zero until settled
/// @param committedAt when shares were last added; zero once settled
/// @param termsVersion that the person last agreed to; zero once settled
/// @param category of the person when shares were last added; none once settled
/// @param affiliated with the issuer, or the issuer itself, as the tally found it
/// @param counted whether a refunded commitment was in the tally's total
/// @param creditPaid whether the excess of a settled commitment was given back
struct Commitment {
    address wallet;
    uint64 shares;
    uint64 allotted;
    uint40 committedAt;
    uint16 termsVersion;
    Category category;
    CommitmentState state;
    bool affiliated;
    bool counted;
    bool creditPaid;
}

/// @title Commitments
/// @notice A commitment in one storage slot.
/// @dev From the lowest bit: wallet 160 | shares 43 | 48 by state | state 3 | affiliated 1 | counted 1, where the 48 are
/// either seconds from the round's opening to `committedAt` 29 | termsVersion 16 | category 3, or, once settled,
/// allotted 43 | creditPaid 1 | 0.
library Commitments {
    uint256 private constant SHARES_MASK = 2 ** 43 - 1;
    uint256 private constant TIME_MASK = 2 ** 29 - 1;
    uint256 private constant CREDIT_PAID = 1 << 246;
    uint256 private constant AFFILIATED = 1 << 254;
    uint256 private constant COUNTED = 1 << 255;

    function pack(Commitment memory c, uint256 opensAt) internal pure returns (uint256 slot) {
        slot = c.state == CommitmentState.Settled
            ? uint256(c.allotted)
            : (uint256(c.committedAt) - opensAt) | uint256(c.termsVersion) << 29 | uint256(c.category) << 45;
        slot = slot << 203 | uint256(uint160(c.wallet)) | uint256(c.shares) << 160 | uint256(c.state) << 251;
        if (c.creditPaid && c.state == CommitmentState.Settled) slot |= CREDIT_PAID;
        if (c.affiliated) slot |= AFFILIATED;
        if (c.counted) slot |= COUNTED;
    }

    function unpack(uint256 slot, uint256 opensAt) internal pure returns (Commitment memory c) {
        unpackInto(c, slot, opensAt);
    }

    /// @dev Into a commitment that is empty, so that the caller's memory is made once.
    function unpackInto(Commitment memory c, uint256 slot, uint256 opensAt) internal pure {
        if (slot == 0) return;
        c.wallet = address(uint160(slot));
        c.shares = uint64(slot >> 160 & SHARES_MASK);
        c.state = CommitmentState(slot >> 251 & 7);
        c.affiliated = slot & AFFILIATED != 0;
        c.counted = slot & COUNTED != 0;
        if (c.state == CommitmentState.Settled) {
            c.allotted = uint64(slot >> 203 & SHARES_MASK);
            c.creditPaid = slot & CREDIT_PAID != 0;
        } else {
            c.committedAt = uint40(opensAt + (slot >> 203 & TIME_MASK));
            c.termsVersion = uint16(slot >> 232);
            c.category = Category(slot >> 248 & 7);
        }
    }
}
