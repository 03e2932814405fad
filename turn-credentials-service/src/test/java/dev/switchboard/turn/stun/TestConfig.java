package dev.switchboard.turn.stun;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings as their defaults have them, but on a free port. */
record TestConfig(
    boolean enabled,
    List<Integer> ports,
    List<String> addresses,
    OptionalInt sockets,
    int batch,
    Optional<String> software,
    Discovery discovery,
    Limit limit,
    Tcp tcp)
    implements StunConfig {

  record OfDiscovery(Optional<String> otherAddress, OptionalInt otherPort) implements Discovery {}

  record OfLimit(boolean enabled, int rate, int burst) implements Limit {}

  record OfTcp(boolean enabled, int connections, int connectionsPerSource, Duration idle)
      implements Tcp {}

  static TestConfig on(String... addresses) {
    return new TestConfig(
        true,
        List.of(0),
        List.of(addresses),
        OptionalInt.empty(),
        32,
        Optional.empty(),
        new OfDiscovery(Optional.empty(), OptionalInt.empty()),
        new OfLimit(true, 200, 1000),
        new OfTcp(true, 1000, 100, Duration.ofSeconds(30)));
  }

  TestConfig withPorts(Integer... others) {
    return new TestConfig(
        enabled, List.of(others), addresses, sockets, batch, software, discovery, limit, tcp);
  }

  TestConfig withSockets(int count) {
    return new TestConfig(
        enabled, ports, addresses, OptionalInt.of(count), batch, software, discovery, limit, tcp);
  }

  TestConfig withBatch(int most) {
    return new TestConfig(
        enabled, ports, addresses, sockets, most, software, discovery, limit, tcp);
  }

  TestConfig withSoftware(String text) {
    return new TestConfig(
        enabled, ports, addresses, sockets, batch, Optional.of(text), discovery, limit, tcp);
  }

  TestConfig withDiscovery(Optional<String> otherAddress, OptionalInt otherPort) {
    Discovery other = new OfDiscovery(otherAddress, otherPort);
    return new TestConfig(enabled, ports, addresses, sockets, batch, software, other, limit, tcp);
  }

  TestConfig withLimit(int rate, int burst) {
    return with(new OfLimit(true, rate, burst));
  }

  TestConfig unlimited() {
    return with(new OfLimit(false, 0, 0));
  }

  TestConfig withTcp(int connections, Duration idle) {
    return withTcp(connections, connections, idle);
  }

  TestConfig withTcp(int connections, int perSource, Duration idle) {
    Tcp other = new OfTcp(true, connections, perSource, idle);
    return new TestConfig(
        enabled, ports, addresses, sockets, batch, software, discovery, limit, other);
  }

  TestConfig disabled() {
    return new TestConfig(false, ports, addresses, sockets, batch, software, discovery, limit, tcp);
  }

  private TestConfig with(Limit other) {
    return new TestConfig(
        enabled, ports, addresses, sockets, batch, software, discovery, other, tcp);
  }
}
