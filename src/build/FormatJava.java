import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks, or with {@code write} mends, the format of every Java file under a directory. */
final class FormatJava {
  private FormatJava() {}

  /** Arguments: {@code check} or {@code write}, the directory. */
  static void main(String[] args) throws Exception {
    List<String> flags =
        args[0].equals("write")
            ? List.of("--replace")
            : List.of("--dry-run", "--set-exit-if-changed");
    StringWriter unformatted = new StringWriter();
    Main formatter =
        new Main(new PrintWriter(unformatted), new PrintWriter(System.err, true), System.in);
    int status;
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
      Stream<String> sources = files.map(Path::toString).filter(name -> name.endsWith(".java"));
      status =
          formatter.format(Stream.concat(flags.stream(), sources.sorted()).toArray(String[]::new));
    }
    if (!unformatted.toString().isEmpty()) {
      System.err.println("Not in google-java-format (mvn -q -Pformat initialize mends it):");
      System.err.print(unformatted);
    }
    System.exit(status);
  }
}
