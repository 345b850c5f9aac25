import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.web3j.crypto.Hash;

/**
 * Every custom error in the ABIs of contracts, by selector. The classes that web3j generates do not
 * carry the names of an error's arguments.
 */
final class ErrorTable {
  private ErrorTable() {}

  record CustomError(String name, String signature, List<Argument> inputs) {}

  /** An argument; a tuple's type is spelled out, as in {@code (uint256,address)[]}. */
  record Argument(String name, String type) {}

  static Map<String, CustomError> of(Collection<JsonNode> artifacts) {
    Map<String, CustomError> bySelector = new TreeMap<>();
    for (JsonNode artifact : artifacts) {
      for (JsonNode entry : artifact.get("abi")) {
        if (entry.get("type").textValue().equals("error")) {
          CustomError error = error(entry);
          String selector = Hash.sha3String(error.signature()).substring(0, "0x".length() + 8);
          CustomError other = bySelector.putIfAbsent(selector, error);
          if (other != null && !other.equals(error)) {
            throw new IllegalStateException(
                "The same error must have the same arguments everywhere: " + other + ", " + error);
          }
        }
      }
    }
    return bySelector;
  }

  private static CustomError error(JsonNode entry) {
    String name = entry.get("name").textValue();
    List<Argument> inputs = new ArrayList<>();
    for (JsonNode input : entry.get("inputs")) {
      inputs.add(new Argument(input.get("name").textValue(), AbiTypes.of(input)));
    }
    return new CustomError(name, name + AbiTypes.tuple(entry.get("inputs")), inputs);
  }
}
