import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.web3j.protocol.ObjectMapperFactory;

/** What forge built from contracts/src. */
final class Artifacts {
  static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();

  private Artifacts() {}

  /**
   * Forge's artifacts by contract name, but those of libraries that nobody outside can call. Forge
   * leaves the output of contracts that are no more, so its cache says which are current.
   */
  static Map<String, JsonNode> read(Path contracts) throws IOException {
    Map<String, JsonNode> artifacts = new TreeMap<>();
    Path cache = contracts.resolve("cache/solidity-files-cache.json");
    if (!Files.exists(cache)) {
      return artifacts;
    }
    for (var source : JSON.readTree(cache.toFile()).get("files").properties()) {
      if (source.getKey().startsWith("src/") && Files.exists(contracts.resolve(source.getKey()))) {
        for (var contract : source.getValue().get("artifacts").properties()) {
          JsonNode onlyBuild = contract.getValue().iterator().next().iterator().next();
          Path file = contracts.resolve("out").resolve(onlyBuild.get("path").textValue());
          if (artifacts.put(contract.getKey(), JSON.readTree(file.toFile())) != null) {
            throw new IllegalStateException(
                "Two contracts under contracts/src are called " + contract.getKey());
          }
        }
      }
    }
    artifacts.values().removeIf(artifact -> artifact.get("abi").isEmpty());
    return artifacts;
  }
}
