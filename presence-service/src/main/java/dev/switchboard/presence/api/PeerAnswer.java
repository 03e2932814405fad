package dev.switchboard.presence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.presence.board.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One peer, as JSON.
 *
 * @param since when its oldest session began; only while it is online
 * @param sessions the oldest first; only while it is online
 * @param lastSeen when its last session ended; only while it is offline, and if that is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"peer", "online", "since", "sessions", "lastSeen"})
record PeerAnswer(
    String peer,
    boolean online,
    @Nullable Instant since,
    @Nullable List<Session> sessions,
    @Nullable Instant lastSeen) {

  static PeerAnswer of(Standing standing) {
    return switch (standing) {
      case Standing.Online(String peer, Instant since, List<OnlineSession> sessions) ->
          new PeerAnswer(peer, true, since, sessions.stream().map(Session::of).toList(), null);
      case Standing.Offline(String peer, var lastSeen) ->
          new PeerAnswer(peer, false, null, null, lastSeen.orElse(null));
    };
  }

  /** One attachment; which node has it is nobody's business. */
  record Session(String scope, String session, Instant since) {

    static Session of(OnlineSession online) {
      return new Session(online.scope(), online.session(), online.since());
    }
  }
}
