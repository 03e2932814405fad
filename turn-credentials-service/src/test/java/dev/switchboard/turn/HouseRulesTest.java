package dev.switchboard.turn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.switchboard.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String ROOT = "dev.switchboard.turn";

  @Test
  void theHouseRulesHold() {
    HouseRules.check(ROOT);
  }

  @Test
  void theMintAndTheResponderKnowNobody() {
    JavaClasses classes = HouseRules.mainClassesOf(ROOT);
    noClasses()
        .that()
        .resideInAPackage("..turn.credential..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..turn.ice..", "..turn.relay..", "..turn.stun..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("..turn.stun..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..turn.ice..", "..turn.credential..", "dev.switchboard.identity..")
        .check(classes);
  }

  @Test
  void ofIce4jOnlyTheCodecIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.ice4j.ice..", "org.ice4j.socket..", "org.ice4j.stunclient..")
        .because("its stack as a server costs forty times coturn's CPU")
        .check(HouseRules.mainClassesOf(ROOT));
  }
}
