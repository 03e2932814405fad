package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @RepeatedTest(20)
  void waitsDoubleUpToTheCeilingWithJitter() {
    Waits waits = new Waits(Duration.ofSeconds(1), Duration.ofMinutes(10));
    assertThat(waits.after(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits.after(3)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(waits.after(1000)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120",
        "Thu, 01 Jan 2026 10:00:30 GMT | 30",
        "Thu, 01 Jan 2026 09:00:00 GMT | 0",
      })
  void retryAfterIsSecondsOrADate(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999", "2026-01-01T10:00:00Z"})
  void whatIsNeitherIsPassedOver(String header) {
    assertThat(RetryAfter.of(header, NOW)).isEmpty();
  }

  @Test
  void noHeaderIsNoWish() {
    assertThat(RetryAfter.of(null, NOW)).isEmpty();
  }
}
