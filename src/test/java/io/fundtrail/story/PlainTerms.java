package io.fundtrail.story;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test opens a contract with where it cares for few of its terms; it puts those in. */
final class PlainTerms {
  private PlainTerms() {}

  /** A class of company 1: a million shares, one vote each, without preference or holder cap. */
  static Map<String, Object> shareClass() {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("companyId", "1");
    terms.put("authorised", "1000000");
    terms.put("votesPerShare", "1");
    terms.put("liquidationPreference", "0");
    terms.put("preferenceCurrency", "");
    terms.put("seniority", "0");
    terms.put("convertsInto", Address.ZERO);
    terms.put("conversionNumerator", "0");
    terms.put("conversionDenominator", "0");
    terms.put("holderCap", "0");
    terms.put("smallestHolding", "0");
    terms.put("name", "Plain");
    terms.put("symbol", "PLN");
    terms.put("excludedCountries", List.of());
    return terms;
  }

  /** A trust of money with two of its trustees deciding, until 2020, for a platform fee of 6 %. */
  static Map<String, Object> trust(ServedLedger ledger, DevelopmentAccount settlor, Hash deedHash) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("settlor", settlor.address());
    terms.put("protector", Address.ZERO);
    terms.put("settlementToken", ledger.dollar());
    terms.put("shareClass", Address.ZERO);
    terms.put("threshold", "2");
    terms.put("challengePeriod", String.valueOf(14 * 86_400));
    terms.put("vacancyPeriod", String.valueOf(60 * 86_400));
    terms.put("longStop", "2020-01-01T00:00:00Z");
    terms.put("platformFeeBps", "600");
    terms.put("trusteeFeeBps", "0");
    terms.put("spendthrift", false);
    terms.put("revocable", false);
    terms.put("vetoEnds", false);
    terms.put("voteOpeningBps", "1000");
    terms.put("voteQuorumBps", "2000");
    terms.put("voteMajorityBps", "5000");
    terms.put("voteDuration", String.valueOf(10 * 86_400));
    terms.put("deedHash", deedHash);
    return terms;
  }

  /** A vote of a class by its first record date, with half of the votes for a quorum. */
  static Map<String, Object> vote(
      Address shareClass, Hash document, String opensAt, String closesAt) {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("electorates", List.of(Map.of("shareClass", shareClass, "recordDate", "1")));
    terms.put("round", Address.ZERO);
    terms.put("target", Address.ZERO);
    terms.put("subject", document);
    terms.put("documentHash", document);
    terms.put("quorumBps", "5000");
    terms.put("majorityBps", "5000");
    terms.put("opensAt", opensAt);
    terms.put("closesAt", closesAt);
    return terms;
  }
}
