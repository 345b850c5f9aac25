package io.fundtrail.app.demo;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that somebody does at a time.
 *
 * @param refusal the custom error that the contract must answer with; empty when it must succeed
 */
record Step(Instant time, DevelopmentAccount actor, Action action, Optional<String> refusal) {
  static Step of(Instant time, DevelopmentAccount actor, Action action) {
    return new Step(time, actor, action, Optional.empty());
  }

  static Step refused(Instant time, DevelopmentAccount actor, Action action, String error) {
    return new Step(time, actor, action, Optional.of(error));
  }

  /** What is done, in a few words. */
  String words() {
    return switch (action) {
      case Action.RegisterCompany(Offering offering) -> "register " + offering.issuer();
      case Action.OpenShareClass(Offering offering) -> about("open the share class", offering);
      case Action.OpenRound(Offering offering) -> about("open the round", offering);
      case Action.AttestAll(List<Person> persons) -> "attest %d persons".formatted(persons.size());
      case Action.Attest(Person person) -> "attest " + person.account().name();
      case Action.Mint(Person person, TokenAmount _) -> "mint for " + person.account().name();
      case Action.Approve(Offering offering, ShareCount _) -> about("approve", offering);
      case Action.Commit(Offering offering, ShareCount shares) ->
          about("commit to %s shares".formatted(shares), offering);
      case Action.Cancel(Offering offering, Person _) -> about("cancel a commitment", offering);
      case Action.Close(Offering offering) -> about("close", offering);
      case Action.Tally(Offering offering, int _) -> about("tally", offering);
      case Action.Settle(Offering offering, int _) -> about("settle", offering);
      case Action.PayProceeds(Offering offering) -> about("pay the proceeds", offering);
      case Action.PayFee(Offering offering) -> about("pay the fee", offering);
      case Action.Refund(Offering offering, Person _) -> about("refund", offering);
      case Action.Call(Offering offering, String words, var _, var _) ->
          "%s, %s".formatted(words, offering.issuer());
    };
  }

  private static String about(String deed, Offering offering) {
    return "%s, %s %s".formatted(deed, offering.issuer(), offering.fileNumber());
  }

  /** What is done, in the words of the contracts. */
  sealed interface Action {
    record RegisterCompany(Offering offering) implements Action {}

    record OpenShareClass(Offering offering) implements Action {}

    record OpenRound(Offering offering) implements Action {}

    record AttestAll(List<Person> persons) implements Action {}

    record Attest(Person person) implements Action {}

    record Mint(Person person, TokenAmount amount) implements Action {}

    record Approve(Offering offering, ShareCount shares) implements Action {}

    record Commit(Offering offering, ShareCount shares) implements Action {}

    record Cancel(Offering offering, Person person) implements Action {}

    record Close(Offering offering) implements Action {}

    record Tally(Offering offering, int commitments) implements Action {}

    record Settle(Offering offering, int commitments) implements Action {}

    record PayProceeds(Offering offering) implements Action {}

    record PayFee(Offering offering) implements Action {}

    record Refund(Offering offering, Person person) implements Action {}

    /**
     * Anything else that a contract can do.
     *
     * @param opens what the Directory opens with it, in this order
     * @param call equal to itself only: a story told again tells the same ones
     */
    record Call(
        Offering offering,
        String words,
        List<Instances.Kind> opens,
        Function<CallData, CallData.Target> call)
        implements Action {}
  }
}
