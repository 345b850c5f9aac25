import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.web3j.codegen.SolidityFunctionWrapper;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.methods.response.AbiDefinition;

/**
 * Writes a web3j class for each contract under contracts/src, and {@link ErrorTable}, {@link
 * EventTable} and {@link FunctionTable} as resources beside them; nothing if the contracts are
 * those of the last run.
 */
final class GenerateBindings {
  private static final String PACKAGE = "io.fundtrail.bindings";

  private GenerateBindings() {}

  /** Arguments: the contracts' directory, where the classes go, where the resources go. */
  static void main(String[] args) throws Exception {
    Path classes = Path.of(args[1]);
    Path tables = Path.of(args[2]).resolve(PACKAGE.replace('.', '/'));
    Path marker = classes.resolve(".generated-from");
    Map<String, JsonNode> artifacts = Artifacts.read(Path.of(args[0]));
    String wanted = fingerprint(artifacts);
    if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
      return;
    }
    deleteRecursively(classes);
    Files.createDirectories(classes);
    for (var artifact : artifacts.entrySet()) {
      generate(artifact.getKey(), artifact.getValue(), classes);
    }
    Files.createDirectories(tables);
    write(tables.resolve("errors.json"), ErrorTable.of(artifacts.values()));
    write(tables.resolve("events.json"), EventTable.of(artifacts.values()));
    write(tables.resolve("functions.json"), FunctionTable.of(artifacts));
    Files.writeString(marker, wanted);
    System.out.println("Generated bindings of " + String.join(", ", artifacts.keySet()));
  }

  private static void write(Path file, Object table) throws IOException {
    Artifacts.JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), table);
  }

  private static void generate(String name, JsonNode artifact, Path classes) throws Exception {
    var abi = List.of(Artifacts.JSON.convertValue(artifact.get("abi"), AbiDefinition[].class));
    new SolidityFunctionWrapper(true, false, false, 160)
        .generateJavaFiles(name, bytecode(artifact), abi, classes.toString(), PACKAGE, Map.of());
  }

  /** Changes when an ABI, a bytecode, web3j or this generator changes. */
  private static String fingerprint(Map<String, JsonNode> artifacts) throws IOException {
    StringBuilder inputs = new StringBuilder();
    for (String source :
        List.of(
            "AbiTypes",
            "Artifacts",
            "ErrorTable",
            "EventTable",
            "FunctionTable",
            "GenerateBindings")) {
      inputs.append(Files.readString(Path.of("src/build", source + ".java")));
    }
    inputs.append(
        SolidityFunctionWrapper.class.getProtectionDomain().getCodeSource().getLocation());
    artifacts.forEach((name, artifact) ->
        inputs
            .append(name)
            .append(artifact.get("abi"))
            .append(bytecode(artifact))
            .append(artifact.at("/metadata/output/userdoc"))
            .append(artifact.at("/metadata/output/devdoc")));
    return Hash.sha3String(inputs.toString());
  }

  private static String bytecode(JsonNode artifact) {
    return artifact.at("/bytecode/object").textValue();
  }

  private static void deleteRecursively(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
