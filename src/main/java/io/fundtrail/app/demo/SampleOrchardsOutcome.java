package io.fundtrail.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.stream.StreamSupport;

/**
 * What became of the synthetic company, as the service answers it.
 *
 * @param founders the class that the company issued itself
 * @param investors the class that its round sold
 */
public record SampleOrchardsOutcome(
    String company,
    ShareClass founders,
    ShareClass investors,
    Trust trust,
    Dividend dividend,
    Vote vote,
    Recovery recovery) {

  /** What is in issue, and how many hold it. */
  public record ShareClass(ShareCount issued, long holders) {
    static ShareClass of(JsonNode shareClass) {
      return new ShareClass(sharesAt(shareClass, "/issued"), shareClass.at("/holders").asLong());
    }
  }

  /**
   * What became of the money in trust, in dollars.
   *
   * @param released to the company, without the fee
   * @param returned to the investors after the end
   * @param approvals of the disbursement that was paid
   * @param rejections of the one that was not
   */
  public record Trust(
      Address address,
      BigDecimal received,
      BigDecimal released,
      BigDecimal fee,
      BigDecimal returned,
      int trustees,
      int milestones,
      int approvals,
      int rejections) {
    static Trust of(JsonNode answer) {
      return new Trust(
          addressAt(answer, "/trust/address"),
          dollarsAt(answer, "/trust/money/received"),
          dollarsAt(answer, "/trust/money/released"),
          dollarsAt(answer, "/trust/money/platformFeePaid"),
          dollarsAt(answer, "/trust/money/returned"),
          answer.at("/trustees").size(),
          answer.at("/tranches").size(),
          answer.at("/disbursements/0/approvals").asInt(),
          answer.at("/disbursements/1/rejections").asInt());
    }
  }

  /**
   * A distribution, in dollars.
   *
   * @param remainder what no share divides, once everyone was paid
   */
  public record Dividend(
      Address contract, Instant recordDate, BigDecimal paid, BigDecimal remainder, int claims) {
    static Dividend of(JsonNode distribution) {
      BigDecimal paid = dollarsAt(distribution, "/paid");
      return new Dividend(
          addressAt(distribution, "/contract"),
          timeAt(distribution, "/recordDate/at"),
          paid,
          dollarsAt(distribution, "/pool")
              .subtract(paid)
              .subtract(dollarsAt(distribution, "/withheld"))
              .subtract(dollarsAt(distribution, "/unclaimed")),
          distribution.at("/claims").asInt());
    }
  }

  /**
   * A vote of the investors' class.
   *
   * @param outcome as in the API: passed, failed, pending
   */
  public record Vote(
      Address address,
      BigInteger inFavour,
      BigInteger against,
      BigInteger abstained,
      String outcome) {
    static Vote of(JsonNode vote) {
      return new Vote(
          addressAt(vote, "/address"),
          new BigInteger(vote.at("/inFavour").asText()),
          new BigInteger(vote.at("/against").asText()),
          new BigInteger(vote.at("/abstained").asText()),
          vote.at("/outcome").asText());
    }
  }

  /**
   * The recovery of a lost key.
   *
   * @param status as in the API
   * @param shares that the new key holds, of the investors' class
   */
  public record Recovery(String status, Instant announced, Instant executed, ShareCount shares) {
    static Recovery of(JsonNode recovery, JsonNode holders) {
      Address wallet = addressAt(recovery, "/newWallet");
      return new Recovery(
          recovery.at("/status").asText(),
          timeAt(recovery, "/announcedAt"),
          timeAt(recovery, "/changedAt"),
          StreamSupport.stream(holders.spliterator(), false)
              .filter(holder -> addressAt(holder, "/wallet").equals(wallet))
              .map(holder -> sharesAt(holder, "/shares"))
              .reduce(ShareCount.ZERO, ShareCount::plus));
    }
  }

  private static Address addressAt(JsonNode json, String path) {
    return Address.parse(json.at(path).asText());
  }

  private static BigDecimal dollarsAt(JsonNode json, String path) {
    return new BigDecimal(json.at(path).asText());
  }

  private static ShareCount sharesAt(JsonNode json, String path) {
    return ShareCount.parse(json.at(path).asText());
  }

  private static Instant timeAt(JsonNode json, String path) {
    return Instant.parse(json.at(path).asText());
  }
}
