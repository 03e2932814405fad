package dev.switchboard.turn.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The four places of behaviour discovery (RFC 5780, section 6): two addresses of one family, and
 * two ports on both of them.
 */
record Square(InetAddress first, InetAddress second, int firstPort, int secondPort) {

  /** The corner at this place; empty if it is none of the four. */
  Optional<Corner> at(InetSocketAddress place) {
    InetAddress address = place.getAddress();
    int port = place.getPort();
    boolean isCorner =
        (address.equals(first) || address.equals(second))
            && (port == firstPort || port == secondPort);
    return isCorner
        ? Optional.of(
            new Corner(
                place,
                new InetSocketAddress(
                    address.equals(first) ? second : first,
                    port == firstPort ? secondPort : firstPort)))
        : Optional.empty();
  }

  /**
   * One of the four.
   *
   * @param here where a request arrives
   * @param opposite the corner that has neither its address nor its port
   */
  record Corner(InetSocketAddress here, InetSocketAddress opposite) {

    /** The corner that an answer leaves from (RFC 5780, table 1). */
    InetSocketAddress origin(boolean otherAddress, boolean otherPort) {
      return new InetSocketAddress(
          (otherAddress ? opposite : here).getAddress(), (otherPort ? opposite : here).getPort());
    }
  }
}
