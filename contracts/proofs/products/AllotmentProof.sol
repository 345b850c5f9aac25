// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Allotment} from "../../src/round/Allotment.sol";

/// @notice The allotments of all commitments add up to the shares on sale, and each lies within one share of its quota. By
/// induction over the order of commitment: S is the sum of the commitments so far, A that of their allotments.
contract AllotmentProof {
    /// @dev If A = floor(S * onSale / total) before a commitment, then so after it. It is so at first: 0 = 0.
    function sumStaysTheFloor(uint64 before, uint64 shares, uint64 onSale, uint64 total) external pure {
        require(total > onSale && uint256(before) + shares <= total);
        uint256 allottedBefore = uint256(before) * onSale / total;
        uint256 allotted = Allotment.ofCommitment(before, shares, onSale, total);
        assert(allottedBefore + allotted == (uint256(before) + shares) * onSale / total);
    }

    /// @dev After the last commitment S = total.
    function lastSumIsWhatIsOnSale(uint64 onSale, uint64 total) external pure {
        require(total > 0);
        assert(uint256(total) * onSale / total == onSale);
    }

    /// @dev |allotted - shares * onSale / total| < 1
    function isWithinOneShareOfItsQuota(uint64 before, uint64 shares, uint64 onSale, uint64 total) external pure {
        require(total > onSale && uint256(before) + shares <= total);
        uint256 allotted = Allotment.ofCommitment(before, shares, onSale, total);
        assert(allotted * total < uint256(shares) * onSale + total);
        assert(allotted * total + total > uint256(shares) * onSale);
    }

    /// @dev So that what is given back as excess is never less than nothing.
    function isNoMoreThanWasCommitted(uint64 before, uint64 shares, uint64 onSale, uint64 total) external pure {
        require(total > 0 && uint256(before) + shares <= total);
        assert(Allotment.ofCommitment(before, shares, onSale, total) <= shares);
    }

    function isEverythingWhenThereIsEnough(uint64 before, uint64 shares, uint64 onSale, uint64 total) external pure {
        require(total <= onSale);
        assert(Allotment.ofCommitment(before, shares, onSale, total) == shares);
    }
}
