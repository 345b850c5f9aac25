package io.fundtrail.transact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.model.Bytes;
import io.fundtrail.transact.ContractError.Argument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.BytesType;
import org.web3j.abi.datatypes.Type;

/** Every error of our contracts' ABIs and the two of Solidity itself, by selector. */
final class ContractErrors {
  private static final String FILE = "/io/fundtrail/bindings/errors.json";
  private static final int SELECTOR = 4;

  /** An error as the ABI declares it; an input has a name and a type. */
  record Declared(String name, String signature, Map<String, String> inputs) {}

  private final Map<Bytes, Declared> bySelector;

  private ContractErrors(Map<Bytes, Declared> bySelector) {
    this.bySelector = bySelector;
  }

  static ContractErrors load() {
    Map<Bytes, Declared> errors = new LinkedHashMap<>();
    errors.put(
        Bytes.parse("0x08c379a0"),
        new Declared("Error", "Error(string)", Map.of("message", "string")));
    errors.put(
        Bytes.parse("0x4e487b71"),
        new Declared("Panic", "Panic(uint256)", Map.of("code", "uint256")));
    for (Map.Entry<String, JsonNode> error : table().properties()) {
      Map<String, String> inputs = new LinkedHashMap<>();
      error
          .getValue()
          .get("inputs")
          .forEach(input -> inputs.put(input.get("name").asText(), input.get("type").asText()));
      errors.put(
          Bytes.parse(error.getKey()),
          new Declared(
              error.getValue().get("name").asText(),
              error.getValue().get("signature").asText(),
              inputs));
    }
    return new ContractErrors(errors);
  }

  Collection<Declared> all() {
    return bySelector.values();
  }

  /** What a contract returned when it refused; empty when that is none of these errors. */
  Optional<ContractError> decode(Bytes data) {
    if (data.size() < SELECTOR) {
      return Optional.empty();
    }
    Declared declared = bySelector.get(data.slice(0, SELECTOR));
    if (declared == null) {
      return Optional.empty();
    }
    return values(declared, data.slice(SELECTOR, data.size()))
        .map(values -> new ContractError(declared.name(), declared.signature(), values));
  }

  /** Empty when the data is not what the error declares: web3j then throws whatever it meets. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Optional<List<Argument>> values(Declared declared, Bytes data) {
    List<TypeReference<Type>> types = new ArrayList<>();
    List<Type> values;
    try {
      for (String type : declared.inputs().values()) {
        types.add(TypeReference.makeTypeReference(type));
      }
      values = FunctionReturnDecoder.decode(data.toString(), types);
    } catch (RuntimeException | ClassNotFoundException e) {
      return Optional.empty();
    }
    if (values.size() != types.size()) {
      return Optional.empty();
    }
    List<Argument> arguments = new ArrayList<>();
    for (Map.Entry<String, String> input : declared.inputs().entrySet()) {
      String value = text(values.get(arguments.size()));
      arguments.add(new Argument(input.getKey(), input.getValue(), value));
    }
    return Optional.of(arguments);
  }

  private static String text(Type<?> value) {
    return value instanceof BytesType bytes
        ? Bytes.of(bytes.getValue()).toString()
        : value.getValue().toString();
  }

  private static JsonNode table() {
    try (InputStream file = ContractErrors.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("The resource " + FILE + " is missing in the jar");
      }
      return new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + FILE + " cannot be read", e);
    }
  }
}
