package dev.switchboard.presence;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import dev.switchboard.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String ROOT = "dev.switchboard.presence";

  @Test
  void theHouseRulesHold() {
    HouseRules.check(ROOT);
  }

  @Test
  void aChangeMovesForward() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("board")
        .definedBy(ROOT + ".board")
        .layer("feed")
        .definedBy(ROOT + ".feed")
        .layer("view")
        .definedBy(ROOT + ".view")
        .layer("watch")
        .definedBy(ROOT + ".watch")
        .layer("api")
        .definedBy(ROOT + ".api")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("watch")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("view")
        .mayOnlyBeAccessedByLayers("watch", "api")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("watch", "api")
        .check(HouseRules.mainClassesOf(ROOT));
  }
}
