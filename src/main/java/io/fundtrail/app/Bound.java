package io.fundtrail.app;

import io.fundtrail.bindings.BusinessCalendar;
import io.fundtrail.bindings.CustodyTrust;
import io.fundtrail.bindings.DemoDollar;
import io.fundtrail.bindings.Directory;
import io.fundtrail.bindings.Distribution;
import io.fundtrail.bindings.FundingRound;
import io.fundtrail.bindings.HolderVote;
import io.fundtrail.bindings.InvestmentLimits;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.bindings.LedgerAuthority;
import io.fundtrail.bindings.Recovery;
import io.fundtrail.bindings.RegulationCrowdfunding;
import io.fundtrail.bindings.ShareToken;
import io.fundtrail.bindings.TrustBooks;
import io.fundtrail.bindings.TrustOffices;
import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The contracts' generated classes, used to write and read call data; they send nothing. */
public final class Bound {
  private static final @Nullable Web3j NONE = null;
  private static final TransactionManager NOBODY =
      new ReadonlyTransactionManager(NONE, Address.ZERO.toString());

  private Bound() {}

  public static Directory directory(Address at) {
    return Directory.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static LedgerAuthority authority(Address at) {
    return LedgerAuthority.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static InvestorRegistry registry(Address at) {
    return InvestorRegistry.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static InvestmentLimits limits(Address at) {
    return InvestmentLimits.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static ShareToken shareClass(Address at) {
    return ShareToken.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static FundingRound round(Address at) {
    return FundingRound.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static BusinessCalendar calendar(Address at) {
    return BusinessCalendar.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static Recovery recovery(Address at) {
    return Recovery.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static CustodyTrust trust(Address at) {
    return CustodyTrust.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static Distribution distribution(Address at) {
    return Distribution.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static HolderVote vote(Address at) {
    return HolderVote.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  /** The part of a trust that keeps its offices, at the trust's address. */
  public static TrustOffices trustOffices(Address at) {
    return TrustOffices.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  /** The part of a trust that keeps its accounts, at the trust's address. */
  public static TrustBooks trustBooks(Address at) {
    return TrustBooks.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  static RegulationCrowdfunding crowdfunding(Address at) {
    return RegulationCrowdfunding.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  public static DemoDollar demoDollar(Address at) {
    return DemoDollar.load(at.toString(), NONE, NOBODY, new DefaultGasProvider());
  }

  /** The data that a transaction carries to make this call. */
  public static Bytes data(RemoteFunctionCall<?> call) {
    return Bytes.parse(call.encodeFunctionCall());
  }

  /** The function's first four bytes of call data. */
  static Bytes selector(RemoteFunctionCall<?> call) {
    return data(call).slice(0, 4);
  }

  /**
   * Asks a view at the head of the chain.
   *
   * @throws IllegalStateException if the contract refuses or is not there
   */
  static List<Type<?>> read(ChainReader chain, Address at, RemoteFunctionCall<?> view) {
    CallResult result = chain.call(new Call(Address.ZERO, at, data(view)));
    return switch (result) {
      case CallResult.Returned(Bytes returned) -> decode(at, view, returned);
      case CallResult.Reverted(Bytes error) ->
          throw new IllegalStateException("contract " + at + " refused to be read: " + error);
    };
  }

  @SuppressWarnings("unchecked") // web3j declares the raw type
  private static List<Type<?>> decode(Address at, RemoteFunctionCall<?> view, Bytes returned) {
    if (returned.isEmpty()) {
      throw new IllegalStateException("there is no contract of this kind at " + at);
    }
    return (List<Type<?>>) (List<?>) view.decodeFunctionResponse(returned.toString());
  }
}
