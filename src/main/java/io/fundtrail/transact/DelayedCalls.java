package io.fundtrail.transact;

import io.fundtrail.chain.Call;
import io.fundtrail.chain.CallResult;
import io.fundtrail.chain.ChainException;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint48;
import org.web3j.crypto.Hash;

/**
 * What the holder of a role with a delay signs: not the call itself, but that the authority (an
 * AccessManager) schedules it, and once the delay is over, that it executes it.
 */
public final class DelayedCalls {
  private static final int SELECTOR_SIZE = 4;

  private final LiveChain chain;
  private final Address authority;

  public DelayedCalls(LiveChain chain, Address authority) {
    this.chain = chain;
    this.authority = authority;
  }

  /** The next step to a call; empty when the caller's role has no delay, or there is none. */
  Optional<PlannedCall> nextStep(Address from, PlannedCall call) {
    try {
      BigInteger delay = delay(from, call);
      if (delay.signum() == 0) {
        return Optional.empty();
      }
      return Optional.of(isScheduled(from, call) ? execute(call) : schedule(call, delay));
    } catch (ChainException e) {
      throw ChainProblems.of(e);
    }
  }

  private PlannedCall schedule(PlannedCall call, BigInteger seconds) {
    return PlannedCall.of(
        "Schedule, to be executed no sooner than %s seconds later: %s"
            .formatted(seconds, call.description()),
        authority,
        new Function(
            "schedule",
            List.of(address(call.to()), new DynamicBytes(call.data().bytes()), new Uint48(0)),
            List.of()),
        call.units());
  }

  private PlannedCall execute(PlannedCall call) {
    return PlannedCall.of(
        "Execute, as scheduled: " + call.description(),
        authority,
        new Function(
            "execute",
            List.of(address(call.to()), new DynamicBytes(call.data().bytes())),
            List.of()),
        call.units());
  }

  /** Zero when the caller may call at once, or not at all. */
  private BigInteger delay(Address from, PlannedCall call) {
    List<Type<?>> answer =
        ask(
            new Function(
                "canCall",
                List.of(
                    address(from),
                    address(call.to()),
                    new Bytes4(call.data().slice(0, SELECTOR_SIZE).bytes())),
                List.of(new TypeReference<Bool>() {}, new TypeReference<Uint32>() {})));
    boolean immediate = (boolean) answer.get(0).getValue();
    return immediate ? BigInteger.ZERO : (BigInteger) answer.get(1).getValue();
  }

  private boolean isScheduled(Address from, PlannedCall call) {
    String operation =
        Hash.sha3(
            "0x"
                + FunctionEncoder.encodeConstructor(
                    List.of(
                        address(from), address(call.to()), new DynamicBytes(call.data().bytes()))));
    List<Type<?>> answer =
        ask(
            new Function(
                "getSchedule",
                List.of(new Bytes32(Bytes.parse(operation).bytes())),
                List.of(new TypeReference<Uint48>() {})));
    return ((BigInteger) answer.getFirst().getValue()).signum() > 0;
  }

  @SuppressWarnings("unchecked") // web3j declares the raw type
  private List<Type<?>> ask(Function view) {
    Bytes data = Bytes.parse(FunctionEncoder.encode(view));
    return switch (chain.reader().call(new Call(Address.ZERO, authority, data))) {
      case CallResult.Returned(Bytes returned) ->
          (List<Type<?>>)
              (List<?>)
                  FunctionReturnDecoder.decode(returned.toString(), view.getOutputParameters());
      case CallResult.Reverted(Bytes error) ->
          throw new IllegalStateException(
              "the authority %s refused to be read: %s".formatted(authority, error));
    };
  }

  private static org.web3j.abi.datatypes.Address address(Address address) {
    return new org.web3j.abi.datatypes.Address(address.toString());
  }
}
