package io.fundtrail.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the data directory remembers of the deployment that is followed.
 *
 * @param genesis of the chain that it is on
 */
record DeploymentRecord(Deployment deployment, Hash genesis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The record, if there is one. */
  static Optional<DeploymentRecord> read(DataDirectory data) {
    Path file = data.deployment();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      return Optional.of(
          new DeploymentRecord(
              new Deployment(
                  json.path("chainId").longValue(),
                  address(json, "directory"),
                  address(json, "authority"),
                  address(json, "registry"),
                  address(json, "limits"),
                  address(json, "recovery"),
                  json.has("calendar") ? Optional.of(address(json, "calendar")) : Optional.empty(),
                  json.path("startBlock").longValue()),
              Hash.parse(json.path("genesis").asText())));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartRefused(
          "%s cannot be read: %s; delete it to have it written anew"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  void write(DataDirectory data) {
    ObjectNode json = JSON.createObjectNode();
    json.put("chainId", deployment.chainId());
    json.put("genesis", genesis.toString());
    json.put("directory", deployment.directory().toString());
    json.put("authority", deployment.authority().toString());
    json.put("registry", deployment.registry().toString());
    json.put("limits", deployment.limits().toString());
    json.put("recovery", deployment.recovery().toString());
    deployment.calendar().ifPresent(calendar -> json.put("calendar", calendar.toString()));
    json.put("startBlock", deployment.startBlock());
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
      data.writeDurably(data.deployment(), text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values was not written", e);
    }
  }

  private static Address address(JsonNode json, String field) {
    return Address.parse(json.path(field).asText());
  }
}
