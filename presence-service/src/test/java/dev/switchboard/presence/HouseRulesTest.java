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
  void whatComesInAndWhatGoesOutMeetAtTheBoardAlone() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("api")
        .definedBy(ROOT + ".api..")
        .layer("feed")
        .definedBy(ROOT + ".feed..")
        .layer("board")
        .definedBy(ROOT + ".board..")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("feed")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("board")
        .mayOnlyBeAccessedByLayers("api", "feed")
        .check(HouseRules.mainClassesOf(ROOT));
  }
}
