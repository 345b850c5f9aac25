import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the libraries such that the JVM keeps their classes in its cache (JEP 483), which takes no
 * signed class, and none of before Java 6. Signatures are taken off: Maven has checked the sums,
 * and the JVM would check every class against them at every start. Old classes are written again as
 * those of Java 8, with the stack maps that these have and the code that they had.
 */
final class CacheableLibraries {
  private static final Pattern SIGNATURE = Pattern.compile("(?i).*\\.(SF|RSA|DSA|EC)");

  private CacheableLibraries() {}

  /** Argument: the folder of the libraries. */
  static void main(String[] args) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader all = new URLClassLoader(urls.toArray(URL[]::new))) {
      ClassFile classes =
          ClassFile.of(
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(all)));
      for (Path jar : jars) {
        prepare(jar, classes);
      }
    }
  }

  private static void prepare(Path jar, ClassFile classes) throws IOException {
    try (FileSystem library = FileSystems.newFileSystem(jar)) {
      if (signatures(library).isEmpty() && oldClasses(library).isEmpty()) {
        return;
      }
    }
    Path prepared = jar.resolveSibling(jar.getFileName() + ".prepared");
    Files.copy(jar, prepared, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem library = FileSystems.newFileSystem(prepared)) {
      unsign(library);
      renew(library, classes);
    }
    Files.move(prepared, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void unsign(FileSystem library) throws IOException {
    List<Path> signatures = signatures(library);
    for (Path signature : signatures) {
      Files.delete(signature);
    }
    if (!signatures.isEmpty()) {
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
  }

  private static void renew(FileSystem library, ClassFile classes) throws IOException {
    for (Path file : oldClasses(library)) {
      byte[] renewed =
          classes.transformClass(
              classes.parse(Files.readAllBytes(file)),
              ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                  .andThen(
                      ClassTransform.endHandler(
                          type -> type.withVersion(ClassFile.JAVA_8_VERSION, 0))));
      List<VerifyError> errors = classes.verify(renewed);
      if (!errors.isEmpty()) {
        throw new IOException(file + " cannot be written again: " + errors.getFirst().getMessage());
      }
      Files.write(file, renewed);
    }
  }

  private static List<Path> oldClasses(FileSystem library) throws IOException {
    try (Stream<Path> files = Files.walk(library.getPath("/"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> version(file) < ClassFile.JAVA_6_VERSION)
          .toList();
    }
  }

  private static int version(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(8);
      return (head[6] & 0xff) << 8 | head[7] & 0xff;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
