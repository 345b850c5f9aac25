package io.fundtrail.transact;

import io.fundtrail.api.ShortText;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.transact.ContractError.Argument;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a contract's refusal into words. The sentences stand in {@code sentences.properties}, one
 * for each error; a placeholder such as <code>{deadline:time}</code> names an argument and how it
 * is said.
 */
public final class Refusals {
  static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+):([a-z]+)}");

  private static final String FILE = "sentences.properties";
  private static final int MILLIONTHS = 6;
  private static final BigInteger LAST_SECOND = BigInteger.valueOf(253_402_300_799L);
  private static final BigInteger LAST_DAY = LAST_SECOND.divide(BigInteger.valueOf(86_400));
  private static final List<String> STATUSES =
      List.of("open", "being tallied", "being settled", "settled", "failed", "cancelled");
  private static final List<String> STATES =
      List.of("not there", "live", "excluded", "cancelled", "settled", "refunded");
  private static final List<String> REASONS =
      List.of(
          "there is no reason",
          "the receiver is not an attested investor, or the attestation has expired",
          "the shares are still locked, and the receiver is none of those who may take locked"
              + " shares",
          "the receiver would hold more lots of locked shares than are allowed",
          "the receiver is the share class itself",
          "another wallet has taken the sender's place",
          "the receiver is in a country that the class excludes",
          "the shares are frozen by order",
          "the class has as many holders as it may have",
          "a newcomer must receive more shares at once");
  private static final List<String> ROLES =
      List.of("admin", "operator", "registrar", "guardian", "recovery");
  private static final List<String> CATEGORIES =
      List.of(
          "nothing",
          "retail",
          "sophisticated",
          "accredited",
          "qualified",
          "an institution",
          "a nominee");
  private static final List<String> RECOVERY_KINDS =
      List.of("none", "lost key", "inheritance", "court order", "controller's key");
  private static final List<String> RECOVERIES =
      List.of(
          "not there", "announced", "confirmed", "executed", "objected to", "withdrawn", "lapsed");
  private static final List<String> FAULTS =
      List.of(
          "nothing",
          "the settlor",
          "the asset",
          "the trustees",
          "the threshold",
          "a trustee is named twice",
          "the protector is a trustee",
          "the successors",
          "the deed's hash",
          "the challenge period",
          "the vacancy period",
          "the long stop",
          "the platform's fee",
          "the trustees' fee",
          "the terms of votes",
          "the tranches",
          "a tranche's amount",
          "a tranche's asset",
          "the order of the tranches",
          "a tranche goes to a trustee",
          "the plan gives more than the fund",
          "the beneficiaries",
          "a beneficiary is named twice",
          "the only beneficiary is a trustee",
          "a trust for a round's proceeds cannot be revocable",
          "a round's proceeds are not shares");
  private static final List<String> ENDS =
      List.of(
          "it goes on",
          "the trustees decided it",
          "its long stop came",
          "too few trustees were left",
          "its plan is completed",
          "its round failed",
          "the settlor revoked it",
          "the beneficiaries decided it",
          "a disbursement was vetoed");
  private static final List<String> DISBURSEMENTS =
      List.of("not there", "proposed", "approved", "suspended", "rejected", "vetoed", "executed");
  private static final List<String> DISTRIBUTIONS =
      List.of("not there", "declared", "funded", "open", "returned");
  private static final List<String> LISTINGS =
      List.of("stranger", "share class", "round", "trust", "distribution", "vote");
  private static final Map<Integer, String> PANICS =
      Map.of(
          0x01, "an assertion failed",
          0x11, "a number became too large or less than zero",
          0x12, "a division by zero",
          0x21, "a number that is no value of its enumeration",
          0x32, "a place beyond the end of a list");

  private final ContractErrors errors;
  private final Map<String, String> functions;
  private final Properties sentences;

  public Refusals() {
    this.errors = ContractErrors.load();
    this.functions = ContractFunctions.load().namesBySelector();
    this.sentences = load();
  }

  /**
   * A refusal in words.
   *
   * @param error null when the contract gave none that is known
   */
  public record Refusal(String sentence, @Nullable ContractError error, Bytes data) {}

  /** Explains what a contract returned when it refused. */
  public Refusal explain(Bytes data, Units units) {
    Optional<ContractError> error = errors.decode(data);
    String sentence =
        error
            .map(known -> sentence(known, units))
            .orElse(
                data.isEmpty()
                    ? "The contract refused and did not say why."
                    : "The contract refused with an error that this service does not know.");
    return new Refusal(sentence, error.orElse(null), data);
  }

  String template(String error) {
    return Objects.requireNonNull(sentences.getProperty(error), error);
  }

  private String sentence(ContractError error, Units units) {
    return PLACEHOLDER
        .matcher(template(error.name()))
        .replaceAll(place -> {
          Argument argument = argument(error, place.group(1));
          return Matcher.quoteReplacement(say(argument.value(), place.group(2), units));
        });
  }

  private static Argument argument(ContractError error, String name) {
    return error.arguments().stream()
        .filter(argument -> argument.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(error.signature() + " has no " + name));
  }

  private String say(String value, String manner, Units units) {
    return switch (manner) {
      case "money" -> units.text(TokenAmount.parseUnits(value));
      case "limit" -> new Units(units.name(), MILLIONTHS).text(TokenAmount.parseUnits(value));
      case "shares", "count", "text" -> value;
      case "hash" -> word(Hash.parse(value));
      case "selector" -> functions.getOrDefault(value, value);
      case "address" -> Address.parse(value).checksummed();
      case "time" -> time(new BigInteger(value));
      case "seconds" -> duration(Duration.ofSeconds(Long.parseLong(value)));
      case "percent" -> new BigDecimal(new BigInteger(value), 2).toPlainString() + " %";
      case "status" -> named(STATUSES, value);
      case "state" -> named(STATES, value);
      case "reason" -> named(REASONS, value);
      case "role" -> named(ROLES, value);
      case "category" -> named(CATEGORIES, value);
      case "kind" -> named(RECOVERY_KINDS, value);
      case "recovery" -> named(RECOVERIES, value);
      case "fault" -> named(FAULTS, value);
      case "end" -> named(ENDS, value);
      case "disbursement" -> named(DISBURSEMENTS, value);
      case "distribution" -> named(DISTRIBUTIONS, value);
      case "listing" -> named(LISTINGS, value);
      case "word" -> ShortText.of(Bytes.parse(value).bytes());
      case "day" -> day(new BigInteger(value));
      case "panic" -> PANICS.getOrDefault(new BigInteger(value).intValue(), "panic " + value);
      default -> throw new IllegalStateException("no way to say {" + manner + "}");
    };
  }

  /** A word that holds an address, as the contracts pad it, is said as one. */
  private static String word(Hash word) {
    if (word.equals(Hash.ZERO)) {
      return "zero";
    }
    return word.toUint().bitLength() <= Address.SIZE * Byte.SIZE
        ? Address.ofWord(word).checksummed()
        : word.toString();
  }

  private static String time(BigInteger seconds) {
    return seconds.compareTo(LAST_SECOND) > 0
        ? "a time that is not fixed yet"
        : Instant.ofEpochSecond(seconds.longValueExact()).toString().replace('T', ' ');
  }

  private static String day(BigInteger sinceEpoch) {
    return sinceEpoch.compareTo(LAST_DAY) > 0
        ? "a day that no calendar has"
        : LocalDate.ofEpochDay(sinceEpoch.longValueExact()).toString();
  }

  private static String duration(Duration duration) {
    return duration.toSeconds() % Duration.ofDays(1).toSeconds() == 0
        ? duration.toDays() + " days"
        : duration.toSeconds() + " seconds";
  }

  private static String named(List<String> names, String value) {
    BigInteger index = new BigInteger(value);
    return index.compareTo(BigInteger.valueOf(names.size())) < 0
        ? names.get(index.intValueExact())
        : value;
  }

  private static Properties load() {
    Properties sentences = new Properties();
    try (var file =
        new InputStreamReader(
            Objects.requireNonNull(Refusals.class.getResourceAsStream(FILE), FILE),
            StandardCharsets.UTF_8)) {
      sentences.load(file);
      return sentences;
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + FILE + " cannot be read", e);
    }
  }
}
