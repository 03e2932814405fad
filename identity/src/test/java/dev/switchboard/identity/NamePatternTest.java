package dev.switchboard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything, true",
    "team-*, team-7, true",
    "team-*, team-, true",
    "team-*, teams, false",
    "*-lead, team-lead, true",
    "*-lead, team-leader, false",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c-b, false",
    "ada, ada, true",
    "ada, adam, false",
    "'', '', true",
    "'', a, false",
    "[a]?, [a]?, true",
    "[a]?, ab, false",
  })
  void aStarStandsForAnyRunAndTheRestForItself(String glob, String name, boolean matches) {
    assertThat(new NamePattern(glob).matches(name)).isEqualTo(matches);
  }
}
