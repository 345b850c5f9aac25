package io.fundtrail.round;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a round was opened with, fixed for its life.
 *
 * @param decimals of the settlement token
 * @param proceedsRecipient null pays whoever controls the company at the time of payment
 */
record Terms(
    long companyId,
    Address shareClass,
    Address settlementToken,
    String currency,
    int decimals,
    Address rules,
    @Nullable Address proceedsRecipient,
    Address feeRecipient,
    TokenAmount price,
    ShareCount minimumShares,
    ShareCount maximumShares,
    ShareCount minimumTicket,
    Instant opensAt,
    Instant deadline,
    int feeBps,
    Hash termsHash,
    String filing) {}
