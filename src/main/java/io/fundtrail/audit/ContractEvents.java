package io.fundtrail.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.BytesType;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;

/** Every event of our contracts' ABIs, and how its log is read: by name, with named arguments. */
final class ContractEvents {
  private static final String FILE = "/io/fundtrail/bindings/events.json";
  private static final Set<String> DYNAMIC = Set.of("string", "bytes");

  private final Map<Hash, Declared> byTopic;

  private ContractEvents(Map<Hash, Declared> byTopic) {
    this.byTopic = byTopic;
  }

  /** An event as its ABI declares it. */
  private record Declared(String name, List<Argument> arguments) {}

  /** An argument; one with parts is a struct. */
  private record Argument(String name, String type, boolean indexed, List<Argument> parts) {
    boolean isDynamic() {
      return parts.isEmpty()
          ? DYNAMIC.contains(type) || type.endsWith("[]")
          : parts.stream().anyMatch(Argument::isDynamic);
    }

    TypeReference<?> reference() {
      try {
        if (parts.isEmpty()) {
          return TypeReference.makeTypeReference(type, indexed, false);
        }
        List<TypeReference<?>> types = new ArrayList<>();
        parts.forEach(part -> types.add(part.reference()));
        return isDynamic()
            ? new TypeReference<DynamicStruct>(false, types) {}
            : new TypeReference<StaticStruct>(false, types) {};
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("An event has an argument of the type " + type, e);
      }
    }
  }

  /** An event that happened; values are strings, booleans, lists and maps of them. */
  record Happened(String name, Map<String, Object> arguments) {}

  static ContractEvents load() {
    try (InputStream file = ContractEvents.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("The resource " + FILE + " is missing in the jar");
      }
      return new ContractEvents(
          new JsonMapper()
              .readTree(file).properties().stream()
                  .collect(
                      Collectors.toUnmodifiableMap(
                          event -> Hash.parse(event.getKey()),
                          event ->
                              new Declared(
                                  event.getValue().get("name").textValue(),
                                  arguments(event.getValue().path("inputs"))))));
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + FILE + " cannot be read", e);
    }
  }

  /** The topics of the events of a name; none when no event is called so. */
  Set<Hash> topics(String name) {
    return byTopic.entrySet().stream()
        .filter(event -> event.getValue().name().equals(name))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of all events. */
  Set<String> names() {
    return byTopic.values().stream().map(Declared::name).collect(Collectors.toUnmodifiableSet());
  }

  /** What a log tells; one that no ABI here declares is given as it is. */
  Happened read(RawLog log) {
    Hash topic = log.topics().getFirst();
    Declared declared = byTopic.get(topic);
    if (declared == null) {
      return new Happened(
          topic.toString(),
          Map.of(
              "topics", log.topics().stream().map(Hash::toString).toList(),
              "data", log.data().toString()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    List<Type<?>> data = decoded(declared, log.data());
    int indexed = 0;
    int plain = 0;
    for (Argument argument : declared.arguments()) {
      Type<?> value =
          argument.indexed()
              ? FunctionReturnDecoder.decodeIndexedValue(
                  log.topics().get(++indexed).toString(), argument.reference())
              : data.get(plain++);
      values.put(argument.name(), value(argument, value));
    }
    return new Happened(declared.name(), values);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static List<Type<?>> decoded(Declared declared, Bytes data) {
    List types =
        declared.arguments().stream()
            .filter(argument -> !argument.indexed())
            .map(Argument::reference)
            .toList();
    return types.isEmpty()
        ? List.of()
        : (List) FunctionReturnDecoder.decode(data.toString(), types);
  }

  private static Object value(Argument argument, Type<?> value) {
    if (!argument.parts().isEmpty()) {
      List<?> parts = (List<?>) value.getValue();
      Map<String, Object> struct = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        Argument part = argument.parts().get(i);
        struct.put(part.name(), value(part, (Type<?>) parts.get(i)));
      }
      return struct;
    }
    return switch (value.getValue()) {
      case List<?> list -> list.stream().map(item -> value(argument, (Type<?>) item)).toList();
      case Boolean flag -> flag;
      case byte[] _ -> Bytes.of(((BytesType) value).getValue()).toString();
      case Object other -> other.toString();
    };
  }

  private static List<Argument> arguments(JsonNode inputs) {
    List<Argument> arguments = new ArrayList<>();
    for (JsonNode input : inputs) {
      arguments.add(
          new Argument(
              input.path("name").asText(),
              input.path("type").asText(),
              input.path("indexed").asBoolean(),
              arguments(input.path("components"))));
    }
    return arguments;
  }
}
