// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What an issuer asks when it opens a round. Amounts are in the settlement token's smallest unit, times in
/// seconds since 1970, UTC.
/// @param settlementToken one that the Directory lists
/// @param rules one that the Directory allows; the round keeps it for life
/// @param proceedsRecipient zero pays whoever controls the company at the time of payment
/// @param price of one whole share
/// @param minimumShares fewer eligible shares than this at the tally fail the round
/// @param minimumTicket fewest shares of one commitment; a smaller one is accepted when only that is left
/// @param opensAt first second in which one may commit
/// @param deadline first second in which one no longer may
/// @param feeBps the platform's fee in hundredths of a percent of what reaches the issuer
/// @param termsHash keccak256 of the terms document
/// @param filing the regulator's reference of this offering, such as "SEC 020-23358"
struct RoundTerms {
    address shareClass;
    address settlementToken;
    address rules;
    address proceedsRecipient;
    uint128 price;
    uint64 minimumShares;
    uint64 maximumShares;
    uint64 minimumTicket;
    uint40 opensAt;
    uint40 deadline;
    uint16 feeBps;
    bytes32 termsHash;
    string filing;
}

/// @notice What the Directory adds when it opens the round.
/// @param currency ISO 4217, the settlement token's
/// @param currencyUnit how many of the token's smallest units make one unit of the currency
struct RoundOrigin {
    address directory;
    uint256 companyId;
    address feeRecipient;
    bytes3 currency;
    uint256 currencyUnit;
}
