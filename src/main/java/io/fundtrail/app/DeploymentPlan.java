package io.fundtrail.app;

import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.bindings.InvestmentLimits;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.LedgerAuthority;
import io.fundtrail.bindings.LedgerAuthority.FunctionRole;
import io.fundtrail.bindings.LedgerAuthority.RoleHolder;
import io.fundtrail.bindings.RegulationCrowdfunding;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * The contracts of a new ledger in the order in which they are created. Some name others that come
 * later; that works because a contract's address follows from who creates it and with which nonce.
 *
 * @param demoDollar a worthless settlement token, on the embedded chain only
 */
public record DeploymentPlan(
    Deployment deployment,
    Address shareTemplate,
    Address roundTemplate,
    Address rules,
    Optional<Address> demoDollar,
    Roles roles,
    List<Creation> creations) {
  static final BigInteger OPERATOR = BigInteger.ONE;
  static final BigInteger REGISTRAR = BigInteger.TWO;
  static final BigInteger GUARDIAN = BigInteger.valueOf(3);

  /** One contract to create, by the deployer's transaction with this nonce. */
  public record Creation(String name, long nonce, Address address, Bytes initCode) {}

  /** A function that is reserved for a role other than the admin's. */
  record Reserved(Address target, Bytes selector, BigInteger role) {}

  public DeploymentPlan {
    creations = List.copyOf(creations);
  }

  /**
   * Plans a ledger.
   *
   * @param nonce of the deployer's first transaction
   * @param startBlock the first block that can hold any of it
   * @param withDemoDollar whether a worthless settlement token is deployed too
   */
  static DeploymentPlan of(
      long chainId,
      Address deployer,
      long nonce,
      long startBlock,
      Roles roles,
      boolean withDemoDollar) {
    long directoryNonce = nonce + (withDemoDollar ? 7 : 6);
    DeploymentPlan addresses =
        new DeploymentPlan(
            new Deployment(
                chainId,
                created(deployer, directoryNonce),
                created(deployer, nonce),
                created(deployer, nonce + 1),
                created(deployer, nonce + 2),
                startBlock),
            created(deployer, nonce + 3),
            created(deployer, nonce + 4),
            created(deployer, nonce + 5),
            withDemoDollar ? Optional.of(created(deployer, nonce + 6)) : Optional.empty(),
            roles,
            List.of());
    List<Creation> creations = new ArrayList<>();
    for (Part part : addresses.parts()) {
      long partNonce = nonce + creations.size();
      Address address = created(deployer, partNonce);
      creations.add(new Creation(part.name(), partNonce, address, part.initCode()));
    }
    return addresses.with(creations);
  }

  private DeploymentPlan with(List<Creation> all) {
    return new DeploymentPlan(
        deployment, shareTemplate, roundTemplate, rules, demoDollar, roles, all);
  }

  /** Every function that is not the admin's: of the Directory, the registry and the rounds. */
  List<Reserved> reserved() {
    Address at = deployment.directory();
    Address people = deployment.registry();
    Directory directory = Bound.directory(at);
    InvestorRegistry registry = Bound.registry(people);
    FundingRound round = Bound.round(roundTemplate);
    String none = Address.ZERO.toString();
    return List.of(
        reserved(at, directory.registerCompany(none, BigInteger.ZERO, "", ""), OPERATOR),
        reserved(at, directory.listSettlementToken(none, new byte[3]), OPERATOR),
        reserved(at, directory.delistSettlementToken(none), OPERATOR),
        reserved(people, registry.attest(NO_ATTESTATION, List.of()), REGISTRAR),
        reserved(people, registry.attestAll(List.of()), REGISTRAR),
        reserved(people, registry.revoke(new byte[32], new byte[32]), REGISTRAR),
        reserved(roundTemplate, round.pauseCommits(false), GUARDIAN),
        reserved(roundTemplate, round.cancelRound(new byte[32]), GUARDIAN));
  }

  private static final InvestorRegistry.Attestation NO_ATTESTATION =
      new InvestorRegistry.Attestation(
          new byte[32],
          Address.ZERO.toString(),
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          new byte[32]);

  private record Part(String name, Bytes initCode) {}

  private List<Part> parts() {
    Type<?> authority = word(deployment.authority());
    Type<?> registry = word(deployment.registry());
    Type<?> limits = word(deployment.limits());
    List<Part> parts = new ArrayList<>();
    parts.add(part("LedgerAuthority", LedgerAuthority.BINARY, authorityArguments()));
    parts.add(part("InvestorRegistry", InvestorRegistry.BINARY, List.of(authority)));
    parts.add(
        part(
            "InvestmentLimits",
            InvestmentLimits.BINARY,
            List.of(authority, word(deployment.directory()))));
    parts.add(part("ShareToken", ShareToken.BINARY, List.of(registry)));
    parts.add(part("FundingRound", FundingRound.BINARY, List.of(authority, registry, limits)));
    parts.add(part("RegulationCrowdfunding", RegulationCrowdfunding.BINARY, List.of()));
    if (demoDollar.isPresent()) {
      parts.add(part("DemoDollar", DemoDollar.BINARY, List.of()));
    }
    parts.add(part("Directory", Directory.BINARY, directoryArguments()));
    return parts;
  }

  private List<Type<?>> authorityArguments() {
    List<RoleHolder> holders =
        List.of(
            new RoleHolder(OPERATOR, roles.operator().toString(), "operator"),
            new RoleHolder(REGISTRAR, roles.registrar().toString(), "registrar"),
            new RoleHolder(GUARDIAN, roles.guardian().toString(), "guardian"));
    List<FunctionRole> functions =
        reserved().stream()
            .map(reserved ->
                new FunctionRole(
                    reserved.target().toString(), reserved.selector().bytes(), reserved.role()))
            .toList();
    return List.of(
        word(roles.admin()),
        new Uint32(roles.delay().toSeconds()),
        new DynamicArray<>(RoleHolder.class, holders),
        new DynamicArray<>(FunctionRole.class, functions));
  }

  private List<Type<?>> directoryArguments() {
    return List.of(
        word(deployment.authority()),
        word(shareTemplate),
        word(roundTemplate),
        word(deployment.limits()),
        word(roles.feeRecipient()),
        new DynamicArray<>(org.web3j.abi.datatypes.Address.class, List.of(word(rules))));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // web3j's encoder declares the raw type
  private static Part part(String name, String binary, List<Type<?>> arguments) {
    String encoded = FunctionEncoder.encodeConstructor((List) arguments);
    return new Part(name, Bytes.parse(binary + encoded));
  }

  private static Reserved reserved(
      Address target, RemoteFunctionCall<?> function, BigInteger role) {
    return new Reserved(target, Bound.selector(function), role);
  }

  private static org.web3j.abi.datatypes.Address word(Address address) {
    return new org.web3j.abi.datatypes.Address(address.toString());
  }

  private static Address created(Address deployer, long nonce) {
    return Address.parse(
        ContractUtils.generateContractAddress(deployer.toString(), BigInteger.valueOf(nonce)));
  }
}
