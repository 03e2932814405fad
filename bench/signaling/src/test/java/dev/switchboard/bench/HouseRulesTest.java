package dev.switchboard.bench;

import dev.switchboard.testing.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void theHouseRulesHold() {
    HouseRules.check("dev.switchboard.bench");
  }
}
