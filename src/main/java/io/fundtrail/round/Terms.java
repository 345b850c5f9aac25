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
 * @param trust that receives the proceeds; null pays whoever controls the company at the time of
 *     payment
 * @param oversubscriptionShares most that may be committed when allotted pro rata; zero otherwise
 * @param deadline that it was opened with; an amendment may move it
 */
record Terms(
    long companyId,
    Address shareClass,
    Address settlementToken,
    String currency,
    int decimals,
    Address rules,
    String regime,
    @Nullable Address trust,
    Allocation allocation,
    Address feeRecipient,
    TokenAmount price,
    ShareCount minimumShares,
    ShareCount maximumShares,
    ShareCount minimumTicket,
    ShareCount oversubscriptionShares,
    Instant opensAt,
    Instant deadline,
    int feeBps,
    Hash termsHash,
    String filing) {}
