package dev.switchboard.presence.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.identity.Grants;
import dev.switchboard.presence.board.Roll;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One peer, as JSON.
 *
 * @param since when its oldest session began; only while it is online
 * @param status what it says of itself; only while it is online
 * @param sessions the oldest first; only while it is online
 * @param lastSeen when its last session ended; only while it is offline, and if that is known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"peer", "online", "since", "status", "sessions", "lastSeen"})
public record PeerView(
    String peer,
    boolean online,
    @Nullable Instant since,
    @JsonRawValue @Schema(implementation = StatusView.class) @Nullable String status,
    @Nullable List<Session> sessions,
    @Nullable Instant lastSeen) {

  private static final Comparator<OnlineSession> OLDEST_FIRST =
      Comparator.comparing(OnlineSession::since)
          .thenComparing(OnlineSession::scope)
          .thenComparing(OnlineSession::session);

  /**
   * As it stands now; where it is not online, without when it was last seen.
   *
   * @param grants of who asks: of rooms those are shown that it may join
   */
  public static PeerView of(Roll roll, String peer, Grants grants) {
    List<OnlineSession> sessions = roll.sessionsOf(peer).stream().sorted(OLDEST_FIRST).toList();
    return sessions.isEmpty()
        ? new PeerView(peer, false, null, null, null, null)
        : new PeerView(
            peer,
            true,
            sessions.getFirst().since(),
            Raw.orNull(roll.statusOf(peer)),
            sessions.stream().map(one -> Session.of(one, grants)).toList(),
            null);
  }

  /** The same, one who is offline with when it was last seen. */
  public PeerView lastSeen(Map<String, Instant> seen) {
    return online ? this : new PeerView(peer, false, null, null, null, seen.get(peer));
  }

  /**
   * One of its sessions; which node has it is nobody's business.
   *
   * @param meta what its client says of it
   * @param rooms the rooms it is in
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"scope", "session", "since", "meta", "rooms"})
  public record Session(
      String scope,
      String session,
      Instant since,
      @JsonRawValue @Schema(implementation = Object.class) @Nullable String meta,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> rooms) {

    static Session of(OnlineSession online, Grants grants) {
      return new Session(
          online.scope(),
          online.session(),
          online.since(),
          Raw.orNull(online.meta()),
          online.rooms().keySet().stream().filter(grants::allowsRoom).sorted().toList());
    }
  }
}
