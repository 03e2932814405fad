package dev.switchboard.bus;

import java.time.Instant;
import java.util.Map;

/**
 * One session of a peer, as signaling has written it down.
 *
 * @param scope the dialect's part of the realm, of {@code [a-z0-9-]}
 * @param peer the name; any text that is not empty
 * @param session the session's id
 * @param since when it began, or was back after it had been away
 * @param meta what its client says of it, as JSON; empty for nothing
 * @param rooms the rooms it is in, with what its client says of it there
 */
public record OnlineSession(
    String scope,
    String peer,
    String session,
    Instant since,
    String meta,
    Map<String, String> rooms) {

  public OnlineSession {
    OnlineKeys.requireScope(scope);
    if (peer.isEmpty() || session.isEmpty()) {
      throw new IllegalArgumentException("a session has a peer and an id");
    }
    rooms = Map.copyOf(rooms);
  }

  /** One that is in no room and says nothing of itself. */
  public static OnlineSession of(String scope, String peer, String session, Instant since) {
    return new OnlineSession(scope, peer, session, since, "", Map.of());
  }
}
