package dev.switchboard.bus;

import java.time.Instant;

/**
 * One attachment of a peer, as signaling has written it down.
 *
 * @param scope the dialect's part of the realm, of {@code [a-z0-9-]}
 * @param peer the name; any text that is not empty
 * @param session the attachment's id
 * @param since when it began
 */
public record OnlineSession(String scope, String peer, String session, Instant since) {

  public OnlineSession {
    OnlineKeys.requireScope(scope);
    if (peer.isEmpty() || session.isEmpty()) {
      throw new IllegalArgumentException("a session has a peer and an id");
    }
  }
}
