package io.fundtrail.story;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, against the real service and node: every action of every role. */
class PageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rounds",
        "company",
        "payouts",
        "trust",
        "proceeds",
        "nominee",
        "hostile",
        "offices",
        "audit",
        "wallet"
      })
  void doesWhatPeopleWantOfIt(String scenario, @TempDir Path folder)
      throws IOException, InterruptedException {
    PageScenario.play("src/test/web/" + scenario + ".js", folder);
  }
}
