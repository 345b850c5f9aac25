import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Types as they stand in a signature. */
final class AbiTypes {
  private AbiTypes() {}

  /** The type of an argument; a tuple's is spelled out, as in {@code (uint256,address)[]}. */
  static String of(JsonNode input) {
    String type = input.get("type").textValue();
    return type.startsWith("tuple")
        ? tuple(input.get("components")) + type.substring("tuple".length())
        : type;
  }

  /** The types of arguments, in parentheses. */
  static String tuple(JsonNode inputs) {
    List<String> types = new ArrayList<>();
    inputs.forEach(input -> types.add(of(input)));
    return "(" + String.join(",", types) + ")";
  }
}
