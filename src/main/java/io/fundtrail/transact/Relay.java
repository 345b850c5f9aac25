package io.fundtrail.transact;

import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.SignedTransaction;
import io.fundtrail.chain.TransactionGateway.Accepting;
import io.fundtrail.chain.TransactionRefused;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.OptionalLong;

/**
 * Hands signed transactions to the chain if they are for it and for this ledger, and nothing else:
 * the service is nobody's free way to the chain.
 */
public final class Relay {
  private static final Bytes APPROVE = Bytes.parse("0x095ea7b3");
  private static final Bytes MINT = Bytes.parse("0x40c10f19");
  private static final int SELECTOR = 4;

  private final LiveChain chain;
  private final long chainId;
  private final RelayTargets targets;

  public Relay(LiveChain chain, long chainId, RelayTargets targets) {
    this.chain = chain;
    this.chainId = chainId;
    this.targets = targets;
  }

  /** Relays a signed transaction, or throws the problem why not. */
  public Hash send(Bytes rawTransaction) {
    check(decoded(rawTransaction));
    try {
      return chain.gateway().send(rawTransaction);
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  /**
   * Relays a signed transaction, mined or not, which is what wallets expect of a node; the next can
   * be relayed before this one is accepted.
   */
  Accepting accepting(Bytes rawTransaction) {
    SignedTransaction transaction = decoded(rawTransaction);
    check(transaction);
    try {
      Accepting accepting = chain.gateway().accepting(transaction);
      return () -> accepted(accepting);
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  private static Hash accepted(Accepting accepting) {
    try {
      return accepting.accepted();
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  private static SignedTransaction decoded(Bytes rawTransaction) {
    try {
      return SignedTransaction.decode(rawTransaction);
    } catch (TransactionRefused e) {
      throw Problem.invalid(
          "body",
          "rawTransaction",
          rawTransaction.toString(),
          "a signed legacy, EIP-2930 or EIP-1559 transaction; " + e.getMessage());
    }
  }

  private void check(SignedTransaction transaction) {
    OptionalLong given = transaction.chainId();
    if (given.isEmpty()) {
      throw notRelayed("Its signature binds no chain (EIP-155), so it could be sent on others.");
    }
    if (given.getAsLong() != chainId) {
      throw notRelayed(
          "It is signed for chain " + given.getAsLong() + "; this is chain " + chainId + ".");
    }
    Address to =
        transaction
            .to()
            .orElseThrow(() -> notRelayed("It would create a contract; it must call one."));
    if (targets.contracts().test(to)) {
      return;
    }
    boolean demoDollar = targets.demoDollar().filter(to::equals).isPresent();
    if (!demoDollar && !targets.settlementTokens().test(to)) {
      throw notRelayed(
          to.checksummed()
              + " is neither a contract of this ledger nor a listed settlement token.");
    }
    Bytes data = transaction.data();
    Bytes selector = data.slice(0, Math.min(SELECTOR, data.size()));
    if (!selector.equals(APPROVE) && !(demoDollar && selector.equals(MINT))) {
      throw notRelayed(
          "It calls the function "
              + selector
              + " of a settlement token, of which only approve"
              + (demoDollar ? " and mint are relayed." : " is relayed."));
    }
  }

  private static Problem notRelayed(String why) {
    return Problem.of(ProblemType.NOT_RELAYED, why);
  }
}
