package io.fundtrail.app.demo;

import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.model.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.web3j.crypto.ContractUtils;

/**
 * Which number each company of the story gets, and which addresses its share class and round: the
 * Directory counts companies from 1, and what it creates has addresses that follow from its own and
 * a count from 1.
 */
record Instances(
    Map<Offering, Long> companyIds,
    Map<Offering, Address> shareClasses,
    Map<Offering, Address> rounds) {

  static Instances of(Story story, Address directory) {
    Map<Offering, Long> companyIds = new HashMap<>();
    Map<Offering, Address> shareClasses = new HashMap<>();
    Map<Offering, Address> rounds = new HashMap<>();
    for (Step step : story.steps()) {
      Address next = created(directory, 1L + shareClasses.size() + rounds.size());
      switch (step.action()) {
        case Action.RegisterCompany(Offering offering) ->
            companyIds.put(offering, 1L + companyIds.size());
        case Action.OpenShareClass(Offering offering) -> shareClasses.put(offering, next);
        case Action.OpenRound(Offering offering) -> {
          if (step.refusal().isEmpty()) {
            rounds.put(offering, next);
          }
        }
        default -> {}
      }
    }
    return new Instances(companyIds, shareClasses, rounds);
  }

  long companyId(Offering offering) {
    return found(companyIds, offering);
  }

  Address shareClass(Offering offering) {
    return found(shareClasses, offering);
  }

  Address round(Offering offering) {
    return found(rounds, offering);
  }

  private static <T> T found(Map<Offering, T> map, Offering offering) {
    T value = map.get(offering);
    if (value == null) {
      throw new IllegalStateException(
          "the story uses an instance of %s before opening it".formatted(offering.fileNumber()));
    }
    return value;
  }

  private static Address created(Address directory, long nonce) {
    return Address.parse(
        ContractUtils.generateContractAddress(directory.toString(), BigInteger.valueOf(nonce)));
  }
}
