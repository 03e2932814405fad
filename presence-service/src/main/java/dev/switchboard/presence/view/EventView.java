package dev.switchboard.presence.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.switchboard.presence.board.PresenceEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event, as JSON.
 *
 * @param type {@code enter}, {@code update} or {@code leave}
 * @param id its version
 * @param at when it happened, by Redis' clock
 * @param room where, of an event of a room
 * @param cause why, of an update of a peer
 * @param session whose session it was; none for a status
 * @param meta what its client says of it
 * @param reason why it left
 * @param count how many sessions there are now: of the peer, or in the room
 * @param status what the peer says of itself
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "type", "id", "at", "peer", "room", "scope", "cause", "session", "meta", "reason", "count",
  "status"
})
public record EventView(
    String type,
    String id,
    Instant at,
    String peer,
    @Nullable String room,
    @Nullable String scope,
    @Nullable String cause,
    @Nullable String session,
    @JsonRawValue @Nullable String meta,
    @Nullable String reason,
    int count,
    @JsonRawValue @Nullable String status) {

  public static EventView of(PresenceEvent event) {
    Instant at = Instant.ofEpochMilli(event.id().millis());
    return switch (event) {
      case PresenceEvent.OfPeer of ->
          new EventView(
              of.kind().word(),
              of.id().toString(),
              at,
              of.peer(),
              null,
              Raw.orNull(of.scope()),
              Raw.orNull(of.cause().word()),
              Raw.orNull(of.session()),
              Raw.orNull(of.meta()),
              Raw.orNull(of.reason()),
              of.sessions(),
              Raw.orNull(of.status()));
      case PresenceEvent.OfRoom of ->
          new EventView(
              of.kind().word(),
              of.id().toString(),
              at,
              of.peer(),
              of.room().name(),
              of.room().scope(),
              null,
              of.session(),
              Raw.orNull(of.meta()),
              Raw.orNull(of.reason()),
              of.members(),
              null);
    };
  }
}
