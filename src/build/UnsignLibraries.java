import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the signatures off libraries. Maven has checked their sums; the JVM would check every class
 * against them at every start, and keeps no signed class in a cache (JEP 483).
 */
final class UnsignLibraries {
  private static final Pattern SIGNATURE = Pattern.compile("(?i).*\\.(SF|RSA|DSA|EC)");

  private UnsignLibraries() {}

  /** Argument: the folder of the libraries. */
  static void main(String[] args) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        unsign(jar);
      }
    }
  }

  private static void unsign(Path jar) throws IOException {
    List<Path> signatures;
    try (FileSystem library = FileSystems.newFileSystem(jar)) {
      signatures = signatures(library);
      if (signatures.isEmpty()) {
        return;
      }
    }
    Path unsigned = jar.resolveSibling(jar.getFileName() + ".unsigned");
    Files.copy(jar, unsigned, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem library = FileSystems.newFileSystem(unsigned)) {
      for (Path signature : signatures(library)) {
        Files.delete(signature);
      }
      Path file = library.getPath("META-INF/MANIFEST.MF");
      Manifest manifest;
      try (var in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
      }
      manifest.getEntries().clear();
      try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
      }
    }
    Files.move(unsigned, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> signatures(FileSystem library) throws IOException {
    Path folder = library.getPath("META-INF");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> SIGNATURE.matcher(file.toString()).matches()).toList();
    }
  }
}
