package dev.switchboard.signaling.socket;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as limits tell sources apart: an IPv4 address, or the first 64
 * bits of an IPv6 address, which is what one household or one machine is given (RFC 6177).
 */
record Source(String network) {

  private static final int NETWORK_BYTES = 8;

  /**
   * Asks no name server. What is no address (a proxy may write {@code unknown}, RFC 7239, section
   * 6.2) stands for itself.
   */
  static Source of(@Nullable SocketAddress remote) {
    String host = remote == null || remote.host() == null ? "" : remote.host();
    try {
      return switch (InetAddress.ofLiteral(host)) {
        case Inet6Address six ->
            new Source(HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES));
        case InetAddress four -> new Source(four.getHostAddress());
      };
    } catch (IllegalArgumentException _) {
      return new Source(host);
    }
  }
}
