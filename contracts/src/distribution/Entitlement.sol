// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Entitlement
/// @notice What a holder is due of a distribution. Every figure is rounded down, so that all together never come to more
/// than there is.
/// @dev Nothing overflows while shares are below 2^64 and amounts of money below 2^96.
library Entitlement {
    uint256 internal constant BPS = 10_000;

    /// @notice A holder's part of `pool`, in the token's smallest unit.
    /// @param shares of the holder at the record date, at most `supply`
    /// @param supply shares entitled at the record date, those of the issuer left out; not zero
    function due(uint256 shares, uint256 pool, uint256 supply) internal pure returns (uint256) {
        return shares * pool / supply;
    }

    /// @notice What of an entitlement is withheld for the tax authority.
    /// @param bps hundredths of a percent, at most 10,000
    function withheld(uint256 entitlement, uint256 bps) internal pure returns (uint256) {
        return entitlement * bps / BPS;
    }

    /// @notice What of `amount` is paid while less is held than is owed.
    /// @param owed in all, not zero, `amount` among it
    function inShortfall(uint256 amount, uint256 held, uint256 owed) internal pure returns (uint256) {
        return amount * held / owed;
    }
}
