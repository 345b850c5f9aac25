package io.fundtrail.transact;

import io.fundtrail.api.Answer;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.transact.ContractFunctions.Declared;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Prepares any action of any role on any contract of the ledger: the functions of a contract in the
 * words of its NatSpec, and a transaction for each, tried before anybody signs it.
 */
public final class ContractFunctionRoutes implements Routes {
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_(),\\[\\]]{1,400}");

  private final Supplier<AsOf> asOf;
  private final Function<Address, Optional<Known>> contracts;
  private final PreparedTransactions preparer;
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

  public ContractFunctionRoutes(
      Supplier<AsOf> asOf,
      Function<Address, Optional<Known>> contracts,
      PreparedTransactions preparer,
      ContractFunctions functions) {
    this.asOf = asOf;
    this.contracts = contracts;
    this.preparer = preparer;
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
    BodyFields body = request.body("from", "arguments");
    PlannedCall call =
        PlannedCall.of(
            description(function),
            address,
            function.signature(),
            ContractFunctions.call(function, body),
            contract.units());
    return Answer.json(preparer.prepare(asOf.get(), body.field("from").address(), List.of(call)));
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
