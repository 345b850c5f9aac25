package io.fundtrail.transact;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.TokenAmount;
import java.util.List;
import java.util.stream.Collectors;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;

/**
 * A call of a contract that somebody will sign.
 *
 * @param description what it does, in words
 * @param function as in the ABI, such as {@code commit(uint64)}
 * @param units of the amounts that a refusal may name
 */
public record PlannedCall(
    String description, Address to, String function, Bytes data, Units units) {
  private static final int SELECTOR_LENGTH = "0x".length() + 8;

  public static PlannedCall of(String description, Address to, Function function, Units units) {
    String types =
        function.getInputParameters().stream()
            .map(Type::getTypeAsString)
            .collect(Collectors.joining(","));
    return of(description, to, function.getName() + "(" + types + ")", function, units);
  }

  /** Lets a contract take an amount of a token. */
  public static PlannedCall approve(
      String spender, Address contract, Address token, TokenAmount amount, Units units) {
    return of(
        "Allow the " + spender + " to take " + units.text(amount),
        token,
        new Function(
            "approve",
            List.of(
                new org.web3j.abi.datatypes.Address(contract.toString()),
                new Uint256(amount.units())),
            List.of()),
        units);
  }

  /** A call of a function whose signature is known from its ABI. */
  static PlannedCall of(
      String description, Address to, String signature, Function function, Units units) {
    String arguments = FunctionEncoder.encodeConstructor(function.getInputParameters());
    return new PlannedCall(
        description, to, signature, Bytes.parse(selector(signature) + arguments), units);
  }

  /** The first four bytes of a call of a function, as hex digits. */
  static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, SELECTOR_LENGTH);
  }
}
