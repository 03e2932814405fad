package dev.switchboard.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.turn.url.IceUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final Probed UP = new Probed.Answers(Duration.ofMillis(3));
  private static final Probed DOWN = new Probed.Fails("no answer in time");

  private final Random random = new Random(42);
  private final Endpoint udp = endpoint("turn:a.example?transport=udp");
  private final Endpoint tls = endpoint("turns:a.example:443?transport=tcp");
  private final Endpoint other = endpoint("turn:b.example?transport=udp");
  private final Pool pool =
      new Pool("eu", List.of(relay("a", 1, udp, tls), relay("b", 1, other)), 2);

  @Test
  void whatWasNotProbedYetIsHandedOut() {
    assertThat(urls()).containsExactly(template(udp), template(tls), template(other));
  }

  @Test
  void whatFailsIsLeftOutUntilItAnswersAgain() {
    settle(tls, DOWN);
    assertThat(urls()).containsExactly(template(udp), template(other));

    settle(tls, UP);
    assertThat(urls()).containsExactly(template(udp), template(tls), template(other));
  }

  @Test
  void theLastThatAnsweredStaysWhenNothingDoes() {
    settle(udp, DOWN);
    settle(other, DOWN);
    settle(tls, DOWN);

    assertThat(urls()).containsExactly(template(tls));
    assertThat(pool.isLastKnown()).isTrue();

    settle(other, UP);
    assertThat(urls()).containsExactly(template(other));
    assertThat(pool.isLastKnown()).isFalse();
  }

  @Test
  void whatCannotBeReachedFromHereMayBeReachedByABrowser() {
    settle(other, DOWN);
    settle(other, new Probed.NoRoute());

    assertThat(urls()).contains(template(other));
  }

  @Test
  void itIsSaidSinceWhenSomethingFails() {
    other.settle(UP, NOW);
    other.settle(DOWN, NOW.plusSeconds(10));
    other.settle(new Probed.Fails("nothing listens there"), NOW.plusSeconds(20));

    assertThat(other.standing())
        .isEqualTo(new Standing.Down(NOW.plusSeconds(10), "nothing listens there"));
    assertThat(other.lastSuccess()).contains(NOW);
  }

  @Test
  void theHeavierIsChosenTheOftener() {
    Endpoint light = endpoint("turn:light.example");
    Endpoint heavy = endpoint("turn:heavy.example");
    Pool weighted = new Pool("eu", List.of(relay("light", 1, light), relay("heavy", 3, heavy)), 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      List<IceUrl> picked = weighted.pick(random);
      assertThat(picked).hasSize(1);
      counts.merge(picked.getFirst().template(), 1, Integer::sum);
    }

    assertThat(counts.get("turn:heavy.example")).isBetween(7_300, 7_700);
  }

  @Test
  void noMoreRelaysAreNamedThanConfigured() {
    Pool many =
        new Pool(
            "eu",
            List.of(
                relay("a", 1, endpoint("turn:a.example"), endpoint("turns:a.example")),
                relay("b", 1, endpoint("turn:b.example"), endpoint("turns:b.example")),
                relay("c", 1, endpoint("turn:c.example"), endpoint("turns:c.example"))),
            2);

    for (int i = 0; i < 100; i++) {
      assertThat(many.pick(random)).hasSize(4).doesNotHaveDuplicates();
    }
  }

  private void settle(Endpoint endpoint, Probed probed) {
    endpoint.settle(probed, NOW);
    pool.settle();
  }

  private List<String> urls() {
    return pool.pick(random).stream().map(IceUrl::template).toList();
  }

  private static String template(Endpoint endpoint) {
    return endpoint.url().template();
  }

  private static Relay relay(String name, int weight, Endpoint... endpoints) {
    return new Relay(name, weight, List.of(endpoints));
  }

  private static Endpoint endpoint(String url) {
    return new Endpoint(IceUrl.turn(url, "a test"));
  }
}
