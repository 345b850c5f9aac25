package io.fundtrail;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of Java packages in the design, row for row. Changing a row needs an ADR. */
class DependencyRulesTest {
  private static final String[] INSTRUMENTS = {
    "identity", "share", "round", "trust", "distribution", "vote"
  };

  private static final List<Row> TABLE =
      List.of(
          row("model"),
          row("bindings"),
          row("proof", "model"),
          row("chain", "model", "proof"),
          row("store", "model"),
          row("index", "model", "chain", "store", "proof"),
          row("api", "model"),
          row("transact", "model", "chain", "api"),
          row("identity", "model", "bindings", "index", "store", "api", "transact"),
          row("share", "model", "bindings", "index", "store", "api", "transact"),
          row("round", "model", "bindings", "index", "store", "api", "transact"),
          row("trust", "model", "bindings", "index", "store", "api", "transact"),
          row("distribution", "model", "bindings", "index", "store", "api", "transact"),
          row("vote", "model", "bindings", "index", "store", "api", "transact"),
          row("portfolio", "model", "store", "api").and(INSTRUMENTS),
          row("audit", "model", "chain", "store", "index", "proof", "api").and(INSTRUMENTS),
          row("app", "model", "bindings", "proof", "chain", "store", "index", "api", "transact")
              .and(INSTRUMENTS)
              .and("portfolio", "audit"),
          row("cli", "app", "proof", "model"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.fundtrail");

  /** A package and the packages of ours that it may import. */
  record Row(String name, List<String> mayImport) {
    Row and(String... more) {
      return new Row(name, Stream.concat(mayImport.stream(), Arrays.stream(more)).toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, String... mayImport) {
    return new Row(name, List.of(mayImport));
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void aPackageImportsOnlyWhatItsRowAllows(Row row) {
    String[] allowed =
        Stream.concat(Stream.of(row.name()), row.mayImport().stream())
            .map(DependencyRulesTest::packages)
            .toArray(String[]::new);

    noClasses()
        .that(resideInAPackage(packages(row.name())))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.fundtrail..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageHasARow() {
    Stream<String> rooms =
        CLASSES.stream()
            .map(type -> type.getPackageName().split("\\."))
            .filter(names -> names.length > 2)
            .map(names -> names[2])
            .distinct();

    assertThat(rooms).isSubsetOf(TABLE.stream().map(Row::name).toList());
  }

  @Test
  void nobodyButAppAndCliImportsApp() {
    noClasses()
        .that(resideOutsideOfPackages(packages("app"), packages("cli")))
        .should()
        .dependOnClassesThat(resideInAPackage(packages("app")))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesDoNotImportOneAnotherInCircles() {
    slices()
        .matching("io.fundtrail.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static String packages(String name) {
    return "io.fundtrail." + name + "..";
  }
}
