package dev.switchboard.bus;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link OnlineSession} to and from the value that it has under its node. */
final class OnlineText {

  private OnlineText() {}

  static String of(OnlineSession session) {
    JsonObject rooms = new JsonObject();
    new TreeMap<>(session.rooms()).forEach(rooms::put);
    return new JsonObject()
        .put("scope", session.scope())
        .put("peer", session.peer())
        .put("since", session.since().toEpochMilli())
        .put("meta", session.meta())
        .put("rooms", rooms)
        .encode();
  }

  /** The session of that id; nothing for what is not ours. */
  static Optional<OnlineSession> read(String session, String value) {
    try {
      JsonObject it = new JsonObject(value);
      @Nullable Long since = it.getLong("since");
      if (since == null) {
        return Optional.empty();
      }
      Map<String, String> rooms = new TreeMap<>();
      it.getJsonObject("rooms", new JsonObject())
          .forEach(room -> rooms.put(room.getKey(), room.getValue().toString()));
      return Optional.of(
          new OnlineSession(
              it.getString("scope", ""),
              it.getString("peer", ""),
              session,
              Instant.ofEpochMilli(since),
              it.getString("meta", ""),
              rooms));
    } catch (DecodeException
        | ClassCastException
        | DateTimeException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
