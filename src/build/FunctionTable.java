import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every function of a contract that somebody can sign a transaction for, by contract, with the
 * words of its NatSpec.
 */
final class FunctionTable {
  private static final Set<String> VIEWS = Set.of("view", "pure");

  private FunctionTable() {}

  record Function(String name, String signature, String notice, List<Argument> inputs) {}

  /** An argument; a tuple has components. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Argument(String name, String type, String description, List<Argument> components) {}

  static Map<String, List<Function>> of(Map<String, JsonNode> artifacts) {
    Map<String, List<Function>> byContract = new TreeMap<>();
    artifacts.forEach((contract, artifact) -> {
      List<Function> functions = new ArrayList<>();
      for (JsonNode entry : artifact.get("abi")) {
        if (entry.get("type").textValue().equals("function")
            && !VIEWS.contains(entry.get("stateMutability").textValue())) {
          functions.add(function(entry, artifact.at("/metadata/output")));
        }
      }
      if (!functions.isEmpty()) {
        byContract.put(contract, functions);
      }
    });
    return byContract;
  }

  private static Function function(JsonNode entry, JsonNode documentation) {
    String name = entry.get("name").textValue();
    String signature = name + AbiTypes.tuple(entry.get("inputs"));
    JsonNode parameters =
        documentation.path("devdoc").path("methods").path(signature).path("params");
    return new Function(
        name,
        signature,
        documentation.path("userdoc").path("methods").path(signature).path("notice").asText(""),
        arguments(entry.get("inputs"), parameters));
  }

  private static List<Argument> arguments(JsonNode inputs, JsonNode parameters) {
    List<Argument> arguments = new ArrayList<>();
    for (JsonNode input : inputs) {
      String name = input.get("name").textValue();
      arguments.add(
          new Argument(
              name.isEmpty() ? "argument" + (arguments.size() + 1) : name,
              input.get("type").textValue(),
              parameters.path(name).asText(""),
              input.has("components")
                  ? arguments(input.get("components"), parameters.path(""))
                  : List.of()));
    }
    return arguments;
  }
}
