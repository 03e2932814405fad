package dev.switchboard.signaling.dialect;

import java.util.Optional;

/** What a client says of itself before its first frame. */
public interface Handshake {

  /** The value of a parameter of the query, decoded; empty if it is missing. */
  Optional<String> parameter(String name);
}
