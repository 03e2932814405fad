package dev.switchboard.presence.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.switchboard.presence.board.Member;
import dev.switchboard.presence.board.Roll;
import dev.switchboard.presence.board.Room;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One room, as JSON.
 *
 * @param count how many sessions are in it, however few are listed
 * @param members a page of them, by peer and session
 * @param cursor where the next page begins; only if there is one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"room", "scope", "count", "members", "cursor"})
public record RoomView(
    String room, String scope, int count, List<In> members, @Nullable String cursor) {

  /** Its members that come after one, at most so many. */
  public static RoomView of(Roll roll, Room room, @Nullable Member after, int limit) {
    NavigableMap<Member, String> all =
        roll.rooms().getOrDefault(room, Collections.emptyNavigableMap());
    NavigableMap<Member, String> rest = after == null ? all : all.tailMap(after, false);
    List<In> page = new ArrayList<>();
    @Nullable Member last = null;
    for (Map.Entry<Member, String> entry : rest.entrySet()) {
      if (page.size() == limit) {
        return new RoomView(
            room.name(), room.scope(), all.size(), page, last == null ? null : Cursor.of(last));
      }
      last = entry.getKey();
      page.add(new In(last.peer(), last.session(), Raw.orNull(entry.getValue())));
    }
    return new RoomView(room.name(), room.scope(), all.size(), page, null);
  }

  /**
   * A session in it.
   *
   * @param meta what its client says of it there
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"peer", "session", "meta"})
  public record In(
      String peer,
      String session,
      @JsonRawValue @Schema(implementation = Object.class) @Nullable String meta) {}
}
