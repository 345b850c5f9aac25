package io.fundtrail.transact;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import java.util.stream.Collectors;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;

/**
 * A call of a contract that somebody will sign.
 *
 * @param description what it does, in words
 * @param function as in the ABI, such as {@code commit(uint64)}
 * @param units of the amounts that a refusal may name
 */
public record PlannedCall(
    String description, Address to, String function, Bytes data, Units units) {
  public static PlannedCall of(String description, Address to, Function function, Units units) {
    String types =
        function.getInputParameters().stream()
            .map(Type::getTypeAsString)
            .collect(Collectors.joining(","));
    return new PlannedCall(
        description,
        to,
        function.getName() + "(" + types + ")",
        Bytes.parse(FunctionEncoder.encode(function)),
        units);
  }
}
