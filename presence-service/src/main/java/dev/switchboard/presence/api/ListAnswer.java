package dev.switchboard.presence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.identity.Grants;
import dev.switchboard.identity.NamePattern;
import dev.switchboard.presence.board.Roll;
import dev.switchboard.presence.view.Cursor;
import dev.switchboard.presence.view.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, as JSON.
 *
 * @param count all that the caller may see, however few are listed
 * @param peers a page of them, by name
 * @param cursor where the next page begins; only if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListAnswer(int count, List<Peer> peers, @Nullable String cursor) {

  static ListAnswer of(Roll roll, Grants grants, @Nullable String after, int limit) {
    NavigableMap<String, Map<String, OnlineSession>> rest =
        after == null ? roll.peers() : roll.peers().tailMap(after, false);
    List<Peer> page = new ArrayList<>();
    for (Map.Entry<String, Map<String, OnlineSession>> entry : rest.entrySet()) {
      String name = entry.getKey();
      if (grants.allowsPeer(name)) {
        if (page.size() == limit) {
          return new ListAnswer(count(roll, grants), page, Cursor.of(page.getLast().peer()));
        }
        page.add(Peer.of(name, entry.getValue(), roll.statusOf(name)));
      }
    }
    return new ListAnswer(count(roll, grants), page, null);
  }

  /** Known at once for who may see all, which is what most may. */
  private static int count(Roll roll, Grants grants) {
    return grants.peers().contains(NamePattern.ANY)
        ? roll.peers().size()
        : (int) roll.peers().keySet().stream().filter(grants::allowsPeer).count();
  }

  /** One of them, with the start of its oldest session. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Peer(
      String peer,
      Instant since,
      @JsonRawValue @Schema(implementation = StatusView.class) @Nullable String status) {

    static Peer of(String name, Map<String, OnlineSession> sessions, String status) {
      Instant since =
          sessions.values().stream()
              .map(OnlineSession::since)
              .min(Instant::compareTo)
              .orElse(Instant.EPOCH);
      return new Peer(name, since, status.isEmpty() ? null : status);
    }
  }
}
