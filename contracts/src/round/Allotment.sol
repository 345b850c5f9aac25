// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Allotment
/// @notice Pro-rata allotment by cumulative rounding, in order of commitment: the allotments of all add up to the
/// shares on sale exactly, and each lies within one share of its quota.
library Allotment {
    /// @notice The allotment of one commitment: floor(S_i * onSale / total) - floor(S_(i-1) * onSale / total), or all of
    /// it when no more is asked for than is on sale.
    /// @param before S_(i-1), shares of the commitments before this one, each below 2^64
    /// @param shares of this commitment, so that S_i = before + shares
    /// @param onSale most shares that are sold
    /// @param total shares of all commitments, not zero
    function ofCommitment(uint256 before, uint256 shares, uint256 onSale, uint256 total)
        internal
        pure
        returns (uint256)
    {
        if (total <= onSale) return shares;
        return (before + shares) * onSale / total - before * onSale / total;
    }
}
