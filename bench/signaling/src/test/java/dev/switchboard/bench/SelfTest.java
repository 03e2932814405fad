package dev.switchboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bench.Arrivals.Verdict;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A load that notices nothing proves nothing: each lie of a relay has to show in its figures. */
class SelfTest {

  @Test
  void anHonestRelayHasNothingToItsName() throws Exception {
    Tally tally = loadOn(LyingRelay.Lie.NONE);

    assertThat(tally.delivered()).isGreaterThan(1000);
    assertThat(wrongIn(tally)).isEmpty();
  }

  @Test
  void whatIsLostIsCounted() throws Exception {
    try (LyingRelay relay = new LyingRelay(LyingRelay.Lie.LOSE);
        Loop loop = new Loop()) {
      ClosedLoop load = new ClosedLoop(plan(relay));
      Figures figures = Figures.of(load.run(loop, "lost"));

      assertThat(figures.of("lost")).isEqualTo(figures.of("sent") - load.tally().delivered());
      assertThat(figures.of("lost")).isPositive();
      assertThat(wrongIn(load.tally())).containsExactly(Verdict.EARLY);
    }
  }

  @Test
  void orderIsChecked() throws Exception {
    assertThat(wrongIn(loadOn(LyingRelay.Lie.DELAY)))
        .containsExactly(Verdict.EARLY, Verdict.OVERTAKEN);
  }

  @Test
  void aRepetitionIsNoSecondDelivery() throws Exception {
    assertThat(wrongIn(loadOn(LyingRelay.Lie.REPEAT))).containsExactly(Verdict.REPEATED);
  }

  @Test
  void theWrongReceiverNotices() throws Exception {
    assertThat(wrongIn(loadOn(LyingRelay.Lie.MISDELIVER))).contains(Verdict.MISDELIVERED);
  }

  @Test
  void oneAlteredCharacterIsEnough() throws Exception {
    for (LyingRelay.Lie lie :
        Set.of(
            LyingRelay.Lie.ALTER_PAYLOAD,
            LyingRelay.Lie.ALTER_HEAD,
            LyingRelay.Lie.ALTER_STAMP,
            LyingRelay.Lie.CUT_SHORT)) {
      assertThat(wrongIn(loadOn(lie))).as(lie.name()).contains(Verdict.ALTERED);
    }
  }

  private static Tally loadOn(LyingRelay.Lie lie) throws Exception {
    try (LyingRelay relay = new LyingRelay(lie);
        Loop loop = new Loop()) {
      ClosedLoop load = new ClosedLoop(plan(relay));
      load.run(loop, "self");
      assertThat(load.tally().complaint()).isEmpty();
      return load.tally();
    }
  }

  private static Plan plan(LyingRelay relay) {
    return Plan.of(
        Map.of(
            "ports", String.valueOf(relay.port()),
            "count", "4",
            "window", "64",
            "warm", "0",
            "seconds", "0.5",
            "patience", "0.3"));
  }

  private static Set<Verdict> wrongIn(Tally tally) {
    Set<Verdict> wrong = EnumSet.allOf(Verdict.class);
    wrong.removeIf(verdict -> verdict == Verdict.GOOD || tally.of(verdict) == 0);
    return wrong;
  }

  /** A result as it is printed. */
  private record Figures(Map<String, String> byName) {

    static Figures of(Result result) {
      return new Figures(
          Arrays.stream(result.toString().split(" ", -1))
              .map(figure -> figure.split("=", -1))
              .collect(Collectors.toMap(part -> part[0], part -> part[1])));
    }

    long of(String name) {
      return Long.parseLong(byName.getOrDefault(name, "-1"));
    }
  }
}
