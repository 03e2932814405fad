package dev.switchboard.turn.stun;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where to listen: every port on every address.
 *
 * @param addresses each once
 * @param ports each once, but 0, which stands for any that is free
 * @param ipv4WillDo whether a host without IPv6 serves {@code 0.0.0.0} in place of {@code ::}
 * @param pair the two addresses of behaviour discovery, whose ports are the first and the last;
 *     empty when it is off
 */
record Places(
    Set<InetAddress> addresses, List<Integer> ports, boolean ipv4WillDo, Optional<Pair> pair) {

  /** Two addresses of one family. */
  record Pair(InetAddress first, InetAddress second) {}

  private static final int LAST_PORT = 65535;
  private static final String ADDRESSES = "switchboard.stun.addresses";
  private static final String OTHER_ADDRESS = "switchboard.stun.discovery.other-address";
  private static final String OTHER_PORT = "switchboard.stun.discovery.other-port";

  /** Every IPv4 address. No constant: an address cannot be in the heap of a native image. */
  static InetAddress anyV4() {
    return InetAddress.ofLiteral("0.0.0.0");
  }

  /** Every IPv6 address, and on most systems every IPv4 address too. */
  static InetAddress anyV6() {
    return InetAddress.ofLiteral("::");
  }

  /**
   * Reads what is configured.
   *
   * @throws ConfigurationException if it makes no sense
   */
  static Places of(StunConfig config) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    config.addresses().forEach(literal -> addresses.add(address(ADDRESSES, literal)));
    List<Integer> ports = new ArrayList<>(config.ports());
    StunConfig.Discovery discovery = config.discovery();
    if (discovery.otherAddress().isPresent() != discovery.otherPort().isPresent()) {
      throw new ConfigurationException(
          OTHER_ADDRESS + " and " + OTHER_PORT + " are set together or not at all");
    }
    Optional<Pair> pair =
        discovery.otherAddress().map(other -> pair(addresses, address(OTHER_ADDRESS, other)));
    pair.map(Pair::second).ifPresent(addresses::add);
    discovery.otherPort().ifPresent(ports::add);
    // One dual-stack socket does for both wildcards; two cannot share a port on Linux.
    boolean ipv4WillDo = addresses.contains(anyV6()) && addresses.remove(anyV4());
    return new Places(addresses, checked(ports), ipv4WillDo, pair);
  }

  /**
   * The corners of behaviour discovery, when it is on.
   *
   * @param settled the ports in order, with those that the kernel chose
   */
  Optional<Square> square(List<Integer> settled) {
    return pair.map(
        two -> new Square(two.first(), two.second(), settled.getFirst(), settled.getLast()));
  }

  /** Whether the kernel chooses a port. */
  boolean anyPortIsFree() {
    return ports.contains(0);
  }

  /** An answer can only be sent from an address that a socket is bound to: no wildcard will do. */
  private static Pair pair(Set<InetAddress> addresses, InetAddress second) {
    if (second.isAnyLocalAddress() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      throw new ConfigurationException(
          OTHER_ADDRESS + " needs each address by name: no wildcard there or in " + ADDRESSES);
    }
    return addresses.stream()
        .filter(address -> address.getClass() == second.getClass() && !address.equals(second))
        .findFirst()
        .map(first -> new Pair(first, second))
        .orElseThrow(() ->
            new ConfigurationException(
                OTHER_ADDRESS + " needs a first address of its family in " + ADDRESSES));
  }

  private static List<Integer> checked(List<Integer> ports) {
    Set<Integer> seen = new HashSet<>();
    for (int port : ports) {
      if (port < 0 || port > LAST_PORT || (!seen.add(port) && port != 0)) {
        throw new ConfigurationException(
            "switchboard.stun.port and " + OTHER_PORT + " take ports from 0 to 65535, each once");
      }
    }
    return List.copyOf(ports);
  }

  private static InetAddress address(String key, String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          key + " takes IP address literals; '" + literal + "' is none");
    }
  }
}
