package io.fundtrail.app.demo;

import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.model.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.ContractUtils;

/**
 * Which number each company of the story gets, and which addresses what is opened for it: the
 * Directory counts companies from 1, and what it creates has addresses that follow from its own and
 * a count from 1.
 */
record Instances(Map<Offering, Long> companyIds, Map<Instance, Address> addresses) {
  /** What the Directory opens for a company. */
  enum Kind {
    FOUNDERS_CLASS,
    SHARE_CLASS,
    TRUST,
    ROUND,
    DISTRIBUTION,
    VOTE
  }

  /** The company's only one of its kind. */
  record Instance(Offering offering, Kind kind) {}

  static Instances of(Story story, Address directory) {
    Map<Offering, Long> companyIds = new HashMap<>();
    Map<Instance, Address> addresses = new HashMap<>();
    for (Step step : story.steps()) {
      if (step.action() instanceof Action.RegisterCompany(Offering offering)) {
        companyIds.put(offering, 1L + companyIds.size());
      }
      for (Instance instance : opened(step)) {
        addresses.put(instance, created(directory, 1L + addresses.size()));
      }
    }
    return new Instances(companyIds, addresses);
  }

  long companyId(Offering offering) {
    return found(companyIds, offering, offering);
  }

  Address shareClass(Offering offering) {
    return at(offering, Kind.SHARE_CLASS);
  }

  Address round(Offering offering) {
    return at(offering, Kind.ROUND);
  }

  Address at(Offering offering, Kind kind) {
    return found(addresses, new Instance(offering, kind), offering);
  }

  /** In the order in which the Directory creates them. */
  private static List<Instance> opened(Step step) {
    if (step.refusal().isPresent()) {
      return List.of();
    }
    return switch (step.action()) {
      case Action.OpenShareClass(Offering offering) ->
          List.of(new Instance(offering, Kind.SHARE_CLASS));
      case Action.OpenRound(Offering offering) -> List.of(new Instance(offering, Kind.ROUND));
      case Action.Call call ->
          call.opens().stream().map(kind -> new Instance(call.offering(), kind)).toList();
      default -> List.of();
    };
  }

  private static <K, T> T found(Map<K, T> map, K key, Offering offering) {
    T value = map.get(key);
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
