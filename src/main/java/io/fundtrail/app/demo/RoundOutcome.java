package io.fundtrail.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import java.math.BigDecimal;

/**
 * What became of an offering's round, as the service answers it.
 *
 * @param status as in the API: settled, failed
 * @param sold shares
 * @param proceeds paid to the issuer, in dollars; likewise the other sums
 * @param returned to investors who cancelled
 * @param holders of the share class now
 */
public record RoundOutcome(
    Offering offering,
    Address round,
    Address shareClass,
    String status,
    ShareCount sold,
    BigDecimal proceeds,
    BigDecimal fee,
    BigDecimal returned,
    BigDecimal refunded,
    int refunds,
    long holders) {

  static RoundOutcome of(Offering offering, JsonNode round) {
    return new RoundOutcome(
        offering,
        Address.parse(round.at("/address").asText()),
        Address.parse(round.at("/shareClass/address").asText()),
        round.at("/status").asText(),
        ShareCount.parse(round.at("/sharesSold").asText()),
        new BigDecimal(round.at("/proceeds/paid").asText()),
        new BigDecimal(round.at("/fee/paid").asText()),
        new BigDecimal(round.at("/cancelled/amount").asText()),
        new BigDecimal(round.at("/refunded/amount").asText()),
        round.at("/refunded/commitments").asInt(),
        round.at("/shareClass/holders").asLong());
  }

  public boolean succeeded() {
    return status.equals("settled");
  }

  public boolean failed() {
    return status.equals("failed");
  }

  /** Whether the round ended as the last report says. */
  public boolean isAsFiled() {
    return offering.missesItsTarget()
        ? failed() && sold.isZero()
        : succeeded() && sold.equals(offering.sold());
  }
}
