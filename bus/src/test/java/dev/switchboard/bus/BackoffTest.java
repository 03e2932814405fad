package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(450));

  @Test
  void waitsDoubleUpToTheCeilingWithJitterBelow() {
    assertThat(backoff.next()).isBetween(50L, 100L);
    assertThat(backoff.next()).isBetween(100L, 200L);
    assertThat(backoff.next()).isBetween(200L, 400L);
    assertThat(backoff.next()).isBetween(225L, 450L);
    assertThat(backoff.next()).isBetween(225L, 450L);
  }

  @Test
  void afterAResetItBeginsAtTheFloor() {
    backoff.next();
    backoff.next();
    backoff.reset();
    assertThat(backoff.next()).isBetween(50L, 100L);
  }
}
