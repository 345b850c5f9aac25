package io.fundtrail.app;

import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.LedgerAuthority;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Address;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Asks the contracts on a chain whether they are what was planned. */
record DeploymentCheck(ChainReader chain) {
  /**
   * Asks every contract of the plan whether it is what was planned.
   *
   * @throws DeploymentFailed with the first difference
   */
  void verify(DeploymentPlan plan) {
    Deployment at = plan.deployment();
    Directory directory = Bound.directory(at.directory());
    check(at.directory(), directory.authority(), at.authority(), "Directory.authority");
    check(at.directory(), directory.limits(), at.limits(), "Directory.limits");
    check(
        at.directory(),
        directory.shareTemplate(),
        plan.at("ShareToken"),
        "Directory.shareTemplate");
    check(
        at.directory(),
        directory.roundTemplate(),
        plan.at("FundingRound"),
        "Directory.roundTemplate");
    check(
        at.directory(),
        directory.feeRecipient(),
        plan.roles().feeRecipient(),
        "Directory.feeRecipient");
    check(at.directory(), directory.recovery(), at.recovery(), "Directory.recovery");
    check(
        at.directory(),
        directory.trustTemplate(),
        plan.at("CustodyTrust"),
        "Directory.trustTemplate");
    check(
        at.directory(),
        directory.distributionTemplate(),
        plan.at("Distribution"),
        "Directory.distributionTemplate");
    check(
        at.directory(), directory.voteTemplate(), plan.at("HolderVote"), "Directory.voteTemplate");
    for (String rules : DeploymentPlan.RULES) {
      checkTrue(
          at.directory(),
          directory.rulesAllowed(plan.at(rules).toString()),
          "Directory.rulesAllowed of " + rules);
    }
    check(
        at.registry(),
        Bound.registry(at.registry()).authority(),
        at.authority(),
        "InvestorRegistry.authority");
    check(
        at.limits(),
        Bound.limits(at.limits()).authority(),
        at.authority(),
        "InvestmentLimits.authority");
    check(
        plan.at("ShareToken"),
        Bound.shareClass(plan.at("ShareToken")).registry(),
        at.registry(),
        "ShareToken.registry");
    check(
        plan.at("FundingRound"),
        Bound.round(plan.at("FundingRound")).authority(),
        at.authority(),
        "FundingRound.authority");
    verifyRoles(plan);
  }

  private void verifyRoles(DeploymentPlan plan) {
    Deployment at = plan.deployment();
    Roles roles = plan.roles();
    LedgerAuthority authority = Bound.authority(at.authority());
    checkRole(at, authority, BigInteger.ZERO, roles.admin());
    checkRole(at, authority, DeploymentPlan.OPERATOR, roles.operator());
    checkRole(at, authority, DeploymentPlan.REGISTRAR, roles.registrar());
    checkRole(at, authority, DeploymentPlan.GUARDIAN, roles.guardian());
    checkRole(at, authority, DeploymentPlan.RECOVERY, roles.recovery());
    check(
        at.authority(),
        authority.minimumDelay(),
        BigInteger.valueOf(roles.delay().toSeconds()),
        "LedgerAuthority.minimumDelay");
    for (DeploymentPlan.Reserved reserved : plan.reserved()) {
      check(
          at.authority(),
          authority.getTargetFunctionRole(
              reserved.target().toString(), reserved.selector().bytes()),
          reserved.role(),
          "the role of %s at %s".formatted(reserved.selector(), reserved.target()));
    }
  }

  private void checkRole(
      Deployment at, LedgerAuthority authority, BigInteger role, Address account) {
    checkTrue(
        at.authority(),
        authority.hasRole(role, account.toString()),
        "role %s of %s".formatted(role, account));
  }

  private void checkTrue(Address contract, RemoteFunctionCall<?> view, String what) {
    check(contract, view, true, what);
  }

  private void check(Address contract, RemoteFunctionCall<?> view, Object planned, String what) {
    List<Type<?>> answer = Bound.read(chain, contract, view);
    Object found = answer.getFirst().getValue();
    boolean same =
        planned instanceof Address address
            ? found instanceof String text && Address.parse(text).equals(address)
            : planned.equals(found);
    if (!same) {
      throw new DeploymentFailed("%s is %s instead of %s".formatted(what, found, planned));
    }
  }
}
