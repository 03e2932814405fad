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
        .layer("webhook")
        .definedBy(ROOT + ".webhook")
        .layer("api")
        .definedBy(ROOT + ".api")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("webhook")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("watch")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("view")
        .mayOnlyBeAccessedByLayers("watch", "webhook", "api")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("watch", "webhook", "api")
        .check(HouseRules.mainClassesOf(ROOT));
  }
}
