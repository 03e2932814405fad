package dev.switchboard.turn.relay;

import java.time.Duration;

/** What came out of a probe. */
sealed interface Probed {

  /** It answered a Binding, and made an allocation for a fresh credential. */
  record Answers(Duration rtt) implements Probed {}

  /**
   * There is no way to its network from here, IPv6 in most cases. That says nothing about the relay
   * nor about browsers.
   */
  record NoRoute() implements Probed {}

  /** It did not. */
  record Fails(String reason) implements Probed {}
}
