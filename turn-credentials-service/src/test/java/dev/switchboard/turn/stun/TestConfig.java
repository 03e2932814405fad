package dev.switchboard.turn.stun;

import java.time.Duration;
import java.util.List;

/** The settings as their defaults have them, but on a free port. */
record TestConfig(boolean enabled, int port, List<String> addresses, Tcp tcp)
    implements StunConfig {

  record OfTcp(boolean enabled, int connections, Duration idle) implements Tcp {}

  static TestConfig on(String... addresses) {
    return new TestConfig(
        true, 0, List.of(addresses), new OfTcp(true, 1000, Duration.ofSeconds(30)));
  }

  TestConfig withPort(int other) {
    return new TestConfig(enabled, other, addresses, tcp);
  }

  TestConfig disabled() {
    return new TestConfig(false, port, addresses, tcp);
  }

  TestConfig withTcp(int connections, Duration idle) {
    return new TestConfig(enabled, port, addresses, new OfTcp(true, connections, idle));
  }
}
