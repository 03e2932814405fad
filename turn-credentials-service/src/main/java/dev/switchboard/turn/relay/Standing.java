package dev.switchboard.turn.relay;

import java.time.Duration;
import java.time.Instant;

/** What is known of a url of a relay. */
sealed interface Standing {

  /** Nothing: it was not probed yet, or cannot be from here. It is handed out. */
  record Unknown() implements Standing {}

  /**
   * It answered last time.
   *
   * @param rtt what a Binding took
   */
  record Up(Instant at, Duration rtt) implements Standing {}

  /**
   * It did not.
   *
   * @param since when that began
   * @param reason why, without anything secret
   */
  record Down(Instant since, String reason) implements Standing {}
}
