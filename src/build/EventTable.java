import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.web3j.crypto.Hash;

/**
 * Every event in the ABIs of contracts, by topic 0. The classes that web3j generates do not carry
 * the names of an event's arguments.
 */
final class EventTable {
  private EventTable() {}

  record Event(String name, List<Argument> inputs) {}

  /** An argument; a tuple has components instead of a type. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Argument(String name, String type, boolean indexed, List<Argument> components) {}

  static Map<String, Event> of(Collection<JsonNode> artifacts) {
    Map<String, Event> byTopic = new TreeMap<>();
    for (JsonNode artifact : artifacts) {
      for (JsonNode entry : artifact.get("abi")) {
        if (entry.get("type").textValue().equals("event")) {
          Event event = new Event(entry.get("name").textValue(), arguments(entry.get("inputs")));
          Event other = byTopic.putIfAbsent(Hash.sha3String(signature(entry)), event);
          if (other != null && !other.equals(event)) {
            throw new IllegalStateException(
                "The same event must have the same arguments everywhere: " + other + ", " + event);
          }
        }
      }
    }
    return byTopic;
  }

  private static String signature(JsonNode entry) {
    return entry.get("name").textValue() + AbiTypes.tuple(entry.get("inputs"));
  }

  private static List<Argument> arguments(JsonNode inputs) {
    List<Argument> arguments = new ArrayList<>();
    for (JsonNode input : inputs) {
      boolean isTuple = input.has("components");
      arguments.add(
          new Argument(
              input.get("name").textValue(),
              isTuple ? "" : AbiTypes.of(input),
              input.path("indexed").asBoolean(),
              isTuple ? arguments(input.get("components")) : List.of()));
    }
    return arguments;
  }
}
