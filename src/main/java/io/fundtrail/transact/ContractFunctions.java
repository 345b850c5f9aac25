package io.fundtrail.transact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.api.BodyFields;
import io.fundtrail.api.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.AbiTypes;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;

/**
 * The functions of our contracts that somebody can sign a transaction for, as their ABIs declare
 * and their NatSpec describes them, and how a request's arguments become theirs.
 */
public final class ContractFunctions {
  private static final String FILE = "/io/fundtrail/bindings/functions.json";
  private static final Pattern NUMBER = Pattern.compile("uint(\\d+)");
  private static final Pattern WORD = Pattern.compile("bytes(\\d+)");
  private static final int HASH_SIZE = 32;
  private static final int SELECTOR_SIZE = 4;
  private static final int TIME_BITS = 40;
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_ARRAY = 200;

  private final Map<String, List<Declared>> byContract;

  private ContractFunctions(Map<String, List<Declared>> byContract) {
    this.byContract = byContract;
  }

  /**
   * A function.
   *
   * @param signature as in the ABI, such as {@code commit(uint64,uint16,bool)}
   * @param notice what it does and who may call it, as the contract says it
   */
  public record Declared(String name, String signature, String notice, List<Argument> arguments) {
    public Declared {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * An argument.
   *
   * @param type as in the ABI; {@code tuple} and {@code tuple[]} have components
   * @param form what a request gives for it, in words
   */
  public record Argument(
      String name,
      String type,
      String form,
      @Nullable String description,
      @Nullable List<Argument> components) {}

  public static ContractFunctions load() {
    Map<String, List<Declared>> byContract = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> contract : table().properties()) {
      List<Declared> functions = new ArrayList<>();
      for (JsonNode function : contract.getValue()) {
        functions.add(
            new Declared(
                function.get("name").textValue(),
                function.get("signature").textValue(),
                function.get("notice").textValue(),
                arguments(function.get("inputs"))));
      }
      byContract.put(contract.getKey(), functions);
    }
    return new ContractFunctions(byContract);
  }

  /** The name that goes with each selector, such as {@code 0xa9059cbb}. */
  Map<String, String> namesBySelector() {
    Map<String, String> names = new HashMap<>();
    for (List<Declared> functions : byContract.values()) {
      for (Declared function : functions) {
        names.put(PlannedCall.selector(function.signature()), function.name());
      }
    }
    return names;
  }

  /** Those of contracts whose code runs at one address, in the order of their ABIs. */
  public List<Declared> of(List<String> contracts) {
    Map<String, Declared> bySignature = new LinkedHashMap<>();
    for (String contract : contracts) {
      byContract
          .getOrDefault(contract, List.of())
          .forEach(function -> bySignature.putIfAbsent(function.signature(), function));
    }
    return List.copyOf(bySignature.values());
  }

  /** A function by its name, or by its signature where several have the name. */
  public Optional<Declared> find(List<String> contracts, String function) {
    List<Declared> named =
        of(contracts).stream()
            .filter(known -> known.name().equals(function) || known.signature().equals(function))
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  /** The call of a function with the arguments that a request gives by name. */
  static org.web3j.abi.datatypes.Function call(Declared function, BodyFields body) {
    BodyFields given = body.object("arguments", names(function.arguments()));
    return new org.web3j.abi.datatypes.Function(
        function.name(), types(function.arguments(), given), List.of());
  }

  @SuppressWarnings("rawtypes") // as web3j's Function declares them
  private static List<Type> types(List<Argument> arguments, BodyFields given) {
    List<Type> types = new ArrayList<>();
    for (Argument argument : arguments) {
      types.add(type(argument, given));
    }
    return types;
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // a struct's fields are of any type
  private static Type type(Argument argument, BodyFields given) {
    List<Argument> components = argument.components();
    if (argument.type().equals("tuple") && components != null) {
      return struct(components, given.object(argument.name(), names(components)));
    }
    if (argument.type().equals("tuple[]") && components != null) {
      List<Type> structs = new ArrayList<>();
      for (BodyFields element : given.objects(argument.name(), LONGEST_ARRAY, names(components))) {
        structs.add(struct(components, element));
      }
      return new StructArray(tuple(components), structs);
    }
    if (argument.type().endsWith("[]")) {
      String element = argument.type().substring(0, argument.type().length() - 2);
      List<Type> values = new ArrayList<>();
      for (Field value : given.values(argument.name(), LONGEST_ARRAY)) {
        values.add(value(element, value));
      }
      return new DynamicArray(AbiTypes.getType(element), values);
    }
    return value(argument.type(), given.field(argument.name()));
  }

  /** An array of structs that knows its type also when it is empty. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private static final class StructArray extends DynamicArray<Type> {
    private final String element;

    StructArray(String element, List<Type> structs) {
      super((Class) Type.class, structs);
      this.element = element;
    }

    @Override
    public String getTypeAsString() {
      return element + "[]";
    }
  }

  @SuppressWarnings("rawtypes")
  private static Type struct(List<Argument> components, BodyFields given) {
    List<Type> fields = types(components, given);
    return isDynamic(components) ? new DynamicStruct(fields) : new StaticStruct(fields);
  }

  private static boolean isDynamic(List<Argument> components) {
    return components.stream()
        .anyMatch(component -> {
          List<Argument> inner = component.components();
          return component.type().endsWith("[]")
              || component.type().equals("string")
              || component.type().equals("bytes")
              || (inner != null && isDynamic(inner));
        });
  }

  private static String tuple(List<Argument> components) {
    StringBuilder types = new StringBuilder();
    for (Argument component : components) {
      List<Argument> inner = component.components();
      String type =
          inner == null
              ? component.type()
              : tuple(inner) + component.type().substring("tuple".length());
      types.append(types.isEmpty() ? "" : ",").append(type);
    }
    return "(" + types + ")";
  }

  @SuppressWarnings("rawtypes")
  private static Type value(String type, Field given) {
    return switch (type) {
      case "address" -> new Address(given.address().toString());
      case "bool" -> new Bool(given.flag());
      case "string" -> new Utf8String(given.text(0, LONGEST_TEXT));
      case "bytes" -> new DynamicBytes(given.bytes().bytes());
      default -> number(type, given).or(() -> word(type, given)).orElseThrow(() -> unknown(type));
    };
  }

  @SuppressWarnings("rawtypes")
  private static Optional<Type> number(String type, Field given) {
    Matcher number = NUMBER.matcher(type);
    if (!number.matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(number.group(1));
    return Optional.of(
        instance(type, bits == TIME_BITS ? given.seconds(bits) : given.wholeNumber(bits)));
  }

  @SuppressWarnings("rawtypes")
  private static Optional<Type> word(String type, Field given) {
    Matcher word = WORD.matcher(type);
    if (!word.matches()) {
      return Optional.empty();
    }
    int size = Integer.parseInt(word.group(1));
    return Optional.of(
        instance(
            type,
            size == HASH_SIZE || size == SELECTOR_SIZE ? sized(given, size) : text(given, size)));
  }

  /** No text at all is a word of zeros, such as the currency of a preference that there is not. */
  private static byte[] text(Field given, int size) {
    return given.text(0, size).isEmpty() ? new byte[size] : given.word(size);
  }

  private static byte[] sized(Field given, int size) {
    byte[] bytes = given.bytes().bytes();
    if (bytes.length != size) {
      throw given.wrong(size + " bytes: 0x and " + 2 * size + " hex digits");
    }
    return bytes;
  }

  @SuppressWarnings("rawtypes")
  private static Type instance(String type, Object value) {
    try {
      return org.web3j.abi.TypeDecoder.instantiateType(
          TypeReference.makeTypeReference(type), value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("web3j has no type " + type, e);
    }
  }

  private static List<Argument> arguments(JsonNode inputs) {
    List<Argument> arguments = new ArrayList<>();
    for (JsonNode input : inputs) {
      String type = input.get("type").textValue();
      arguments.add(
          new Argument(
              input.get("name").textValue(),
              type,
              form(type),
              input.has("description") ? input.get("description").textValue() : null,
              input.has("components") ? arguments(input.get("components")) : null));
    }
    return arguments;
  }

  /** What a request gives for an argument of a type. */
  private static String form(String type) {
    if (type.endsWith("[]")) {
      return "array, each element " + form(type.substring(0, type.length() - 2));
    }
    return switch (type) {
      case "tuple" -> "object of the components";
      case "address" -> "0x and 40 hex digits";
      case "bool" -> "true or false";
      case "string" -> "text";
      case "bytes" -> "0x and an even number of hex digits";
      case "bytes32" -> "0x and 64 hex digits";
      case "bytes4" -> "0x and 8 hex digits";
      case "uint40" -> "time in UTC such as 2017-07-08T00:00:00Z, or seconds as a string";
      default ->
          type.startsWith("bytes")
              ? "at most " + type.substring("bytes".length()) + " ASCII characters"
              : "whole number as a string of digits, in the smallest unit";
    };
  }

  private static String[] names(List<Argument> arguments) {
    return arguments.stream().map(Argument::name).toArray(String[]::new);
  }

  private static IllegalStateException unknown(String type) {
    return new IllegalStateException("no request gives an argument of type " + type);
  }

  private static JsonNode table() {
    try (InputStream file = ContractFunctions.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("The resource " + FILE + " is missing in the jar");
      }
      return new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + FILE + " cannot be read", e);
    }
  }
}
