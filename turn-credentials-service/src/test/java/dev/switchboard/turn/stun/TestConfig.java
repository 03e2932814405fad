package dev.switchboard.turn.stun;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The settings as their defaults have them, but on a free port. */
record TestConfig(
    boolean enabled,
    List<Integer> ports,
    List<String> addresses,
    OptionalInt sockets,
    Limit limit,
    Tcp tcp)
    implements StunConfig {

  record OfLimit(boolean enabled, int rate, int burst) implements Limit {}

  record OfTcp(boolean enabled, int connections, Duration idle) implements Tcp {}

  static TestConfig on(String... addresses) {
    return new TestConfig(
        true,
        List.of(0),
        List.of(addresses),
        OptionalInt.empty(),
        new OfLimit(true, 200, 1000),
        new OfTcp(true, 1000, Duration.ofSeconds(30)));
  }

  TestConfig withPorts(Integer... others) {
    return new TestConfig(enabled, List.of(others), addresses, sockets, limit, tcp);
  }

  TestConfig withSockets(int count) {
    return new TestConfig(enabled, ports, addresses, OptionalInt.of(count), limit, tcp);
  }

  TestConfig withLimit(int rate, int burst) {
    return new TestConfig(enabled, ports, addresses, sockets, new OfLimit(true, rate, burst), tcp);
  }

  TestConfig unlimited() {
    return new TestConfig(enabled, ports, addresses, sockets, new OfLimit(false, 0, 0), tcp);
  }

  TestConfig withTcp(int connections, Duration idle) {
    return new TestConfig(
        enabled, ports, addresses, sockets, limit, new OfTcp(true, connections, idle));
  }

  TestConfig disabled() {
    return new TestConfig(false, ports, addresses, sockets, limit, tcp);
  }
}
