package io.fundtrail.transact;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.transact.ContractFunctions.Declared;
import io.fundtrail.transact.PreparedTransactions.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Prepares any action of any role on any contract of the ledger: the functions of a contract in the
 * words of its NatSpec, and a transaction for each, tried before anybody signs it.
 */
public final class ContractFunctionRoutes implements Routes {
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_(),\\[\\]]{1,400}");

  private static final int AMOUNT_BITS = 256;

  /** How a contract of ours, and the authority itself, refuse a role that must wait. */
  private static final Set<String> NOT_YET = Set.of("NotAuthorized", "AccessManagerNotScheduled");

  private final Supplier<AsOf> asOf;
  private final Function<Address, Optional<Known>> contracts;
  private final Function<Address, Optional<Units>> tokens;
  private final PreparedTransactions preparer;
  private final DelayedCalls delays;
  private final ContractFunctions functions;

  /**
   * Which of our contracts stands at an address.
   *
   * @param names in contracts/src, such as {@code FundingRound}; several where one address runs the
   *     code of several
   * @param kind as the index names it
   * @param units of the amounts that a refusal may name
   */
  public record Known(List<String> names, String kind, Units units) {}

  /**
   * @param contracts of the ledger
   * @param tokens that are listed for settlement, and what they are counted in
   */
  public ContractFunctionRoutes(
      Supplier<AsOf> asOf,
      Function<Address, Optional<Known>> contracts,
      Function<Address, Optional<Units>> tokens,
      PreparedTransactions preparer,
      DelayedCalls delays,
      ContractFunctions functions) {
    this.asOf = asOf;
    this.contracts = contracts;
    this.tokens = tokens;
    this.preparer = preparer;
    this.delays = delays;
    this.functions = functions;
  }

  record FunctionList(Address contract, String kind, List<Declared> functions) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/contracts/{address}/functions", this::functions),
        Route.post("/v1/contracts/{address}/functions/{function}", this::prepare));
  }

  private Answer functions(RequestParams request) {
    Address address = request.path("address").address();
    Known contract = known(address);
    return Answer.json(new FunctionList(address, contract.kind(), functions.of(contract.names())));
  }

  private Answer prepare(RequestParams request) {
    Address address = request.path("address").address();
    String name =
        request
            .path("function")
            .matching(FUNCTION, "a function's name, or its signature where several have the name");
    Known contract = known(address);
    Declared function =
        functions
            .find(contract.names(), name)
            .orElseThrow(() ->
                Problem.notFound("function " + name + " of the " + contract.kind() + " contract"));
    BodyFields body = request.body("from", "arguments", "approve");
    PlannedCall call =
        PlannedCall.of(
            description(function),
            address,
            function.signature(),
            ContractFunctions.call(function, body),
            contract.units());
    Address from = body.field("from").address();
    List<PlannedCall> calls = new ArrayList<>();
    body.nullable("approve").ifPresent(_ -> calls.add(approval(address, contract, body)));
    calls.add(call);
    return Answer.json(prepare(from, calls));
  }

  /** The calls; or where the last waits for the delay of the caller's role, the step before it. */
  private Prepared prepare(Address from, List<PlannedCall> calls) {
    try {
      return preparer.prepare(asOf.get(), from, calls);
    } catch (Problem refusal) {
      PlannedCall step =
          Optional.of(refusal)
              .filter(ContractFunctionRoutes::maySayThatItMustWait)
              .flatMap(_ -> delays.nextStep(from, calls.getLast()))
              .orElseThrow(() -> refusal);
      return preparer.prepare(asOf.get(), from, List.of(step));
    }
  }

  private static boolean maySayThatItMustWait(Problem refusal) {
    return refusal
        .member(PreparedTransactions.ERROR)
        .filter(error -> error instanceof ContractError known && NOT_YET.contains(known.name()))
        .isPresent();
  }

  private PlannedCall approval(Address contract, Known known, BodyFields body) {
    BodyFields approve = body.object("approve", "token", "amount");
    Address token = approve.field("token").address();
    TokenAmount amount = TokenAmount.of(approve.field("amount").wholeNumber(AMOUNT_BITS));
    Units units =
        tokens.apply(token).orElseThrow(() -> Problem.notFound("listed settlement token " + token));
    return PlannedCall.approve(known.kind() + " contract", contract, token, amount, units);
  }

  private Known known(Address address) {
    return contracts
        .apply(address)
        .orElseThrow(() -> Problem.notFound("contract " + address + " of this ledger"));
  }

  /** The first sentence of what the contract says of it. */
  private static String description(Declared function) {
    int end = function.notice().indexOf(". ");
    String sentence = end < 0 ? function.notice() : function.notice().substring(0, end);
    return sentence.isEmpty() ? function.name() : sentence.replaceAll("\\.$", "");
  }
}
