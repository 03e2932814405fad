package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What became of a Binding transaction. */
public sealed interface Sighting {

  /**
   * The server answered.
   *
   * @param sentFrom the local address and port of the request
   * @param seen the address and port that the server saw it come from
   * @param roundTrip from the last request to the answer
   */
  record Seen(InetSocketAddress sentFrom, InetSocketAddress seen, Duration roundTrip)
      implements Sighting {}

  /** Why there is no address. */
  enum Unseen implements Sighting {
    /** Nothing came in time. */
    NO_ANSWER,
    /** The network, or the host itself, said that nobody is there. */
    UNREACHABLE,
    /** An error response. */
    REFUSED,
    /** Something came that is no answer of a STUN server. */
    NOT_STUN
  }
}
