package dev.switchboard.signaling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.switchboard.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String ROOT = "dev.switchboard.signaling";

  private final JavaClasses classes = HouseRules.mainClassesOf(ROOT);

  @Test
  void theHouseRulesHold() {
    HouseRules.check(ROOT);
  }

  @Test
  void protocolImportsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".protocol")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + ".protocol", "java..", "org.jspecify.annotations")
        .check(classes);
  }

  @Test
  void aFrameMovesForward() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("protocol")
        .definedBy(ROOT + ".protocol")
        .layer("dialect")
        .definedBy(ROOT + ".dialect..")
        .layer("directory")
        .definedBy(ROOT + ".directory")
        .layer("delivery")
        .definedBy(ROOT + ".delivery")
        .layer("ledger")
        .definedBy(ROOT + ".ledger")
        .layer("announce")
        .definedBy(ROOT + ".announce")
        .layer("switchboard")
        .definedBy(ROOT + ".switchboard")
        .layer("socket")
        .definedBy(ROOT + ".socket")
        .layer("page")
        .definedBy(ROOT + ".page")
        .whereLayer("socket")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("page")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("switchboard")
        .mayOnlyBeAccessedByLayers("socket")
        .whereLayer("dialect")
        .mayOnlyBeAccessedByLayers("socket")
        .whereLayer("ledger")
        .mayOnlyBeAccessedByLayers("switchboard")
        .whereLayer("announce")
        .mayOnlyBeAccessedByLayers("switchboard", "ledger")
        .whereLayer("delivery")
        .mayOnlyBeAccessedByLayers("switchboard", "announce")
        .whereLayer("directory")
        .mayOnlyBeAccessedByLayers("switchboard", "delivery", "ledger")
        .check(classes);
  }
}
