// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Why shares would not be transferred or issued.
enum Refusal {
    None,
    ReceiverNotEligible,
    Locked,
    TooManyLots,
    ReceiverIsToken,
    SenderSucceeded,
    CountryExcluded,
    Frozen,
    HolderCapReached,
    BelowSmallestHolding
}
