package dev.switchboard.signaling.dialect;

import java.time.Duration;
import java.util.Optional;

/** One way of speaking to this service. */
public interface Dialect {

  /** Its part of a realm, and its label in metrics: lower-case letters, digits and hyphens. */
  String scope();

  /** The WebSocket sub-protocol that asks for it by name. */
  String subprotocol();

  /** The path its clients connect to. */
  String path();

  /** Whether a client that names no sub-protocol on its path gets it. */
  boolean isDefault();

  /** What a new connection begins with. */
  Opening open(Handshake handshake);

  /**
   * How long a client may take to say what it is called. It may bring its token with that, so it
   * gets its socket without one. Empty where a client is known by the request for the socket.
   */
  default Optional<Duration> introduction() {
    return Optional.empty();
  }

  /** Whether a session is kept when its socket goes, with all that is sent to it meanwhile. */
  default boolean keepsSessions() {
    return false;
  }

  /**
   * How long a session that is not kept stays where it is after its socket has gone, so that the
   * client may come back to it.
   */
  default Duration grace() {
    return Duration.ZERO;
  }
}
