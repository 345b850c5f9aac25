package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the one simulated block that eth_simulateV1 was asked for. */
final class SimulationReader {
  private static final String SUCCESS = "0x1";

  private SimulationReader() {}

  static List<SimulatedCall> read(JsonNode blocks, int calls) {
    JsonNode results =
        Json.array(
            Json.array(blocks, "the simulation").path(0).path("calls"), "the simulation's calls");
    if (results.size() != calls) {
      throw new ChainException(
          "the simulation of " + calls + " calls gave " + results.size() + " results");
    }
    List<SimulatedCall> simulated = new ArrayList<>();
    for (JsonNode result : results) {
      simulated.add(
          new SimulatedCall(
              result(result), Json.number(result.path("gasUsed"), "a simulated call's gasUsed")));
    }
    return simulated;
  }

  /** A refusal's data stands in returnData on some nodes, in the error on others. */
  private static CallResult result(JsonNode result) {
    Bytes returned = Json.bytes(result.path("returnData"), "a simulated call's returnData");
    if (Json.text(result.path("status"), "a simulated call's status").equals(SUCCESS)) {
      return new CallResult.Returned(returned);
    }
    JsonNode data = result.path("error").path("data");
    return new CallResult.Reverted(
        returned.isEmpty() && data.isTextual() ? Json.bytes(data, "an error's data") : returned);
  }
}
