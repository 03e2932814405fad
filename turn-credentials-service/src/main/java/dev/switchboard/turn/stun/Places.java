package dev.switchboard.turn.stun;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where to listen: every port on every address.
 *
 * @param addresses each once
 * @param ports each once, but 0, which stands for any that is free
 * @param ipv4WillDo whether a host without IPv6 serves {@code 0.0.0.0} in place of {@code ::}
 */
record Places(Set<InetAddress> addresses, List<Integer> ports, boolean ipv4WillDo) {

  static final InetAddress ANY_V4 = InetAddress.ofLiteral("0.0.0.0");
  static final InetAddress ANY_V6 = InetAddress.ofLiteral("::");

  private static final int LAST_PORT = 65535;

  /**
   * Reads what is configured.
   *
   * @throws ConfigurationException if it makes no sense
   */
  static Places of(StunConfig config) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    config.addresses().forEach(literal -> addresses.add(address(literal)));
    // One dual-stack socket does for both wildcards; two cannot share a port on Linux.
    boolean ipv4WillDo = addresses.contains(ANY_V6) && addresses.remove(ANY_V4);
    return new Places(addresses, checked(config.ports()), ipv4WillDo);
  }

  /** Whether the kernel chooses a port. */
  boolean anyPortIsFree() {
    return ports.contains(0);
  }

  private static List<Integer> checked(List<Integer> ports) {
    Set<Integer> seen = new HashSet<>();
    for (int port : ports) {
      if (port < 0 || port > LAST_PORT || (!seen.add(port) && port != 0)) {
        throw new ConfigurationException(
            "switchboard.stun.port takes ports from 0 to " + LAST_PORT + ", each once");
      }
    }
    return List.copyOf(ports);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "switchboard.stun.addresses takes IP address literals; '" + literal + "' is none");
    }
  }
}
