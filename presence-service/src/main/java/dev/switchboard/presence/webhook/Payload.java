package dev.switchboard.presence.webhook;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.view.EventView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What is posted, as JSON, in the shape that Standard Webhooks recommends.
 *
 * @param type {@code presence.} and what happened
 * @param timestamp when it happened, by Redis' clock
 * @param data the event as who watches is told it, or a {@link Resync}
 */
@RegisterForReflection
@JsonPropertyOrder({"type", "timestamp", "data"})
record Payload<T>(String type, Instant timestamp, T data) {

  private static final String PREFIX = "presence.";

  static Payload<EventView> of(PresenceEvent event) {
    EventView view = EventView.of(event);
    return new Payload<>(PREFIX + view.type(), view.at(), view);
  }

  static Payload<Resync> resync(ChangeId version) {
    Instant at = Instant.ofEpochMilli(version.millis());
    return new Payload<>(PREFIX + Resync.TYPE, at, new Resync(Resync.TYPE, version.toString(), at));
  }

  /**
   * Some of what happened up to this version nobody can tell any more: the receiver asks how things
   * stand.
   */
  @RegisterForReflection
  @JsonPropertyOrder({"type", "id", "at"})
  record Resync(String type, String id, Instant at) {

    static final String TYPE = "resync";
  }
}
