package io.fundtrail.app;

import io.fundtrail.bindings.BusinessCalendar;
import io.fundtrail.bindings.ChinaPrivateOffering;
import io.fundtrail.bindings.CustodyTrust;
import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.Distribution;
import io.fundtrail.bindings.Drafts;
import io.fundtrail.bindings.EuropeanCrowdfunding;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.bindings.HolderVote;
import io.fundtrail.bindings.InvestmentLimits;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.LedgerAuthority;
import io.fundtrail.bindings.LedgerAuthority.FunctionRole;
import io.fundtrail.bindings.LedgerAuthority.RoleHolder;
import io.fundtrail.bindings.OpenOffering;
import io.fundtrail.bindings.Recovery;
import io.fundtrail.bindings.RegulationCrowdfunding;
import io.fundtrail.bindings.RegulationD506c;
import io.fundtrail.bindings.ShareActs;
import io.fundtrail.bindings.ShareOrders;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.bindings.TrustBooks;
import io.fundtrail.bindings.TrustOffices;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes3;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * The contracts of a new ledger in the order in which they are created. Some name others that come
 * later; that works because a contract's address follows from who creates it and with which nonce.
 *
 * @param addresses of every contract, by its name in contracts/src
 * @param firstNonce of the deployer's first transaction
 */
public record DeploymentPlan(
    Deployment deployment, Map<String, Address> addresses, Roles roles, long firstNonce) {
  static final BigInteger OPERATOR = BigInteger.ONE;
  static final BigInteger REGISTRAR = BigInteger.TWO;
  static final BigInteger GUARDIAN = BigInteger.valueOf(3);
  static final BigInteger RECOVERY = BigInteger.valueOf(4);

  /** The rules that are allowed from the first day on, by their names in contracts/src. */
  static final List<String> RULES =
      List.of(
          "RegulationCrowdfunding",
          "RegulationD506c",
          "EuropeanCrowdfunding",
          "ChinaPrivateOffering",
          "OpenOffering");

  private static final String DEMO_DOLLAR = "DemoDollar";

  /** In the order of their creation; the demo dollar, where it is wanted, is the last. */
  private static final List<String> CONTRACTS =
      List.of(
          "InvestorRegistry",
          "Recovery",
          "InvestmentLimits",
          "BusinessCalendar",
          "RegulationCrowdfunding",
          "RegulationD506c",
          "EuropeanCrowdfunding",
          "ChinaPrivateOffering",
          "OpenOffering",
          "ShareActs",
          "ShareOrders",
          "ShareToken",
          "FundingRound",
          "TrustBooks",
          "TrustOffices",
          "CustodyTrust",
          "Distribution",
          "HolderVote",
          "Drafts",
          "Directory",
          "LedgerAuthority");

  /** One contract to create, by the deployer's transaction with this nonce. */
  public record Creation(String name, long nonce, Address address, Bytes initCode) {}

  /** A function that is reserved for a role other than the admin's. */
  record Reserved(Address target, Bytes selector, BigInteger role) {}

  public DeploymentPlan {
    addresses = Map.copyOf(addresses);
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
    Map<String, Address> addresses = new LinkedHashMap<>();
    for (String name : names(withDemoDollar)) {
      addresses.put(name, created(deployer, nonce + addresses.size()));
    }
    Function<String, Address> at = name -> planned(addresses, name);
    Deployment deployment =
        new Deployment(
            chainId,
            at.apply("Directory"),
            at.apply("LedgerAuthority"),
            at.apply("InvestorRegistry"),
            at.apply("InvestmentLimits"),
            at.apply("Recovery"),
            Optional.of(at.apply("BusinessCalendar")),
            startBlock);
    return new DeploymentPlan(deployment, addresses, roles, nonce);
  }

  private static List<String> names(boolean withDemoDollar) {
    List<String> names = new ArrayList<>(CONTRACTS);
    if (withDemoDollar) {
      names.add(DEMO_DOLLAR);
    }
    return names;
  }

  /** Every contract's creation, in order. */
  public List<Creation> creations() {
    List<Creation> creations = new ArrayList<>();
    for (String name : names(demoDollar().isPresent())) {
      creations.add(new Creation(name, firstNonce + creations.size(), at(name), initCode(name)));
    }
    return creations;
  }

  /** Where a contract is to be. */
  public Address at(String name) {
    return planned(addresses, name);
  }

  private static Address planned(Map<String, Address> addresses, String name) {
    Address address = addresses.get(name);
    if (address == null) {
      throw new IllegalStateException("no contract called " + name + " is planned");
    }
    return address;
  }

  /** The rules that are allowed from the first day on, by name. */
  public Map<String, Address> rules() {
    Map<String, Address> rules = new LinkedHashMap<>();
    RULES.forEach(name -> rules.put(name, at(name)));
    return rules;
  }

  /** A worthless settlement token, on the embedded chain only. */
  public Optional<Address> demoDollar() {
    return Optional.ofNullable(addresses.get(DEMO_DOLLAR));
  }

  /** Every function that is not the admin's. */
  List<Reserved> reserved() {
    String none = Address.ZERO.toString();
    byte[] word = new byte[32];
    BigInteger zero = BigInteger.ZERO;
    Directory directory = Bound.directory(at("Directory"));
    BusinessCalendar calendar = Bound.calendar(at("BusinessCalendar"));
    InvestorRegistry registry = Bound.registry(at("InvestorRegistry"));
    Recovery recovery = Bound.recovery(at("Recovery"));
    ShareToken share = Bound.shareClass(at("ShareToken"));
    FundingRound round = Bound.round(at("FundingRound"));
    TrustOffices trust = Bound.trustOffices(at("CustodyTrust"));
    return List.of(
        reserved("Directory", directory.registerCompany(none, zero, "", ""), OPERATOR),
        reserved("Directory", directory.listSettlementToken(none, new byte[3]), OPERATOR),
        reserved("Directory", directory.delistSettlementToken(none), OPERATOR),
        reserved("BusinessCalendar", calendar.addHoliday(zero, word), OPERATOR),
        reserved("InvestorRegistry", registry.attest(NO_ATTESTATION, List.of()), REGISTRAR),
        reserved(
            "InvestorRegistry",
            registry.attestAll(List.of(), word, new byte[3], List.of()),
            REGISTRAR),
        reserved("InvestorRegistry", registry.revoke(word, word), REGISTRAR),
        reserved("InvestorRegistry", registry.attestAffiliate(word, word, false, word), REGISTRAR),
        reserved(
            "InvestorRegistry", registry.attestExemptTransfer(none, none, zero, word), REGISTRAR),
        reserved("Recovery", recovery.announceWallet(zero, word, none, word), REGISTRAR),
        reserved("Recovery", recovery.announceHeir(zero, word, word, word), REGISTRAR),
        reserved("Recovery", recovery.announceController(none, zero, none, word), REGISTRAR),
        reserved("Recovery", recovery.withdraw(word), REGISTRAR),
        reserved("Recovery", recovery.confirm(word, word), RECOVERY),
        reserved("ShareToken", share.announceOrder(zero, none, none, zero, word), REGISTRAR),
        reserved("ShareToken", share.withdrawOrder(word), REGISTRAR),
        reserved("ShareToken", share.setFrozenTokens(none, zero), RECOVERY),
        reserved("ShareToken", share.forcedTransfer(none, none, zero), RECOVERY),
        reserved("FundingRound", round.pauseCommits(false), GUARDIAN),
        reserved("FundingRound", round.cancelRound(word), GUARDIAN),
        reserved("CustodyTrust", trust.announceRemoval(none, word), REGISTRAR),
        reserved("CustodyTrust", trust.executeRemoval(none), RECOVERY));
  }

  private static final InvestorRegistry.Attestation NO_ATTESTATION =
      new InvestorRegistry.Attestation(
          new byte[32],
          Address.ZERO.toString(),
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          new byte[32]);

  private Bytes initCode(String name) {
    return switch (name) {
      case "InvestorRegistry" ->
          code(
              InvestorRegistry.BINARY,
              word("LedgerAuthority"),
              word("Recovery"),
              new Bytes32(padded("US-REG-CF", 32)),
              new Bytes3(padded("USD", 3)));
      case "Recovery" -> code(Recovery.BINARY, word("LedgerAuthority"), word("InvestorRegistry"));
      case "InvestmentLimits" ->
          code(InvestmentLimits.BINARY, word("LedgerAuthority"), word("Directory"));
      case "BusinessCalendar" -> code(BusinessCalendar.BINARY, word("LedgerAuthority"));
      case "RegulationCrowdfunding" ->
          code(RegulationCrowdfunding.BINARY, word("BusinessCalendar"));
      case "RegulationD506c" -> code(RegulationD506c.BINARY);
      case "EuropeanCrowdfunding" -> code(EuropeanCrowdfunding.BINARY);
      case "ChinaPrivateOffering" -> code(ChinaPrivateOffering.BINARY);
      case "OpenOffering" -> code(OpenOffering.BINARY);
      case "ShareActs" -> code(ShareActs.BINARY, word("InvestorRegistry"));
      case "ShareOrders" ->
          code(ShareOrders.BINARY, word("InvestorRegistry"), word("LedgerAuthority"));
      case "ShareToken" ->
          code(ShareToken.BINARY, word("InvestorRegistry"), word("ShareActs"), word("ShareOrders"));
      case "FundingRound" ->
          code(
              FundingRound.BINARY,
              word("LedgerAuthority"),
              word("InvestorRegistry"),
              word("InvestmentLimits"));
      case "TrustBooks" -> code(TrustBooks.BINARY, word("InvestorRegistry"));
      case "TrustOffices" ->
          code(
              TrustOffices.BINARY,
              word("LedgerAuthority"),
              word("InvestorRegistry"),
              word("TrustBooks"));
      case "CustodyTrust" ->
          code(CustodyTrust.BINARY, word("InvestorRegistry"), word("TrustOffices"));
      case "Drafts" -> code(Drafts.BINARY);
      case "Distribution" -> code(Distribution.BINARY, word("InvestorRegistry"));
      case "HolderVote" -> code(HolderVote.BINARY, word("InvestorRegistry"));
      case "LedgerAuthority" -> authorityCode();
      case "Directory" -> directoryCode();
      case DEMO_DOLLAR -> code(DemoDollar.BINARY);
      default -> throw new IllegalStateException("nobody knows how to create " + name);
    };
  }

  private Bytes authorityCode() {
    List<RoleHolder> holders =
        List.of(
            new RoleHolder(OPERATOR, roles.operator().toString(), "operator"),
            new RoleHolder(REGISTRAR, roles.registrar().toString(), "registrar"),
            new RoleHolder(GUARDIAN, roles.guardian().toString(), "guardian"),
            new RoleHolder(RECOVERY, roles.recovery().toString(), "recovery"));
    List<FunctionRole> functions =
        reserved().stream()
            .map(reserved ->
                new FunctionRole(
                    reserved.target().toString(), reserved.selector().bytes(), reserved.role()))
            .toList();
    return code(
        LedgerAuthority.BINARY,
        new org.web3j.abi.datatypes.Address(roles.admin().toString()),
        new Uint32(roles.delay().toSeconds()),
        new DynamicArray<>(RoleHolder.class, holders),
        new DynamicArray<>(FunctionRole.class, functions));
  }

  private Bytes directoryCode() {
    return code(
        Directory.BINARY,
        word("LedgerAuthority"),
        new Directory.Templates(
            at("ShareToken").toString(),
            at("FundingRound").toString(),
            at("CustodyTrust").toString(),
            at("Distribution").toString(),
            at("HolderVote").toString()),
        word("Drafts"),
        word("InvestmentLimits"),
        word("Recovery"),
        new org.web3j.abi.datatypes.Address(roles.feeRecipient().toString()),
        new DynamicArray<>(
            org.web3j.abi.datatypes.Address.class, RULES.stream().map(this::word).toList()));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // web3j's encoder declares the raw type
  private static Bytes code(String binary, Type<?>... arguments) {
    return Bytes.parse(binary + FunctionEncoder.encodeConstructor((List) List.of(arguments)));
  }

  private Reserved reserved(String contract, RemoteFunctionCall<?> function, BigInteger role) {
    return new Reserved(at(contract), Bound.selector(function), role);
  }

  private org.web3j.abi.datatypes.Address word(String contract) {
    return new org.web3j.abi.datatypes.Address(at(contract).toString());
  }

  private static byte[] padded(String text, int size) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), size);
  }

  private static Address created(Address deployer, long nonce) {
    return Address.parse(
        ContractUtils.generateContractAddress(deployer.toString(), BigInteger.valueOf(nonce)));
  }
}
