package dev.switchboard.presence.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.board.Member;
import dev.switchboard.presence.board.Room;
import dev.switchboard.presence.view.Cursor;
import jakarta.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

/** What the resources check alike; what is not right is refused with a problem. */
final class Requests {

  private static final int LONGEST = 128;
  private static final int LIMIT = 500;
  private static final int LARGEST_LIMIT = 1000;

  private Requests() {}

  /** The caller, who may see who is online. */
  static Caller watcher(CurrentCaller caller) {
    Caller asking = caller.get();
    if (!asking.grants().presence()) {
      throw refusal(Problem.forbidden("The token does not grant presence."));
    }
    return asking;
  }

  /** The name: 1 to 128 characters (UTF-16 units), none of them a control character. */
  static String name(@Nullable String name) {
    if (name == null
        || name.isEmpty()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)) {
      throw refusal(
          Problem.badRequest("A name is 1 to 128 characters without control characters."));
    }
    return name;
  }

  /** The body as JSON; anything that does not fit, or a missing one, is refused. */
  static <T> T read(ObjectMapper json, @Nullable String body, Class<T> as) {
    try {
      @Nullable T read = json.readValue(body == null ? "" : body, as);
      if (read != null) {
        return read;
      }
    } catch (JsonProcessingException e) {
      // What Jackson says of it may quote the body.
    }
    throw refusal(Problem.badRequest("The body is not the JSON that is read here."));
  }

  static int limit(@Nullable String text) {
    if (text == null) {
      return LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // No number is refused like one that is out of bounds.
    }
    throw refusal(Problem.badRequest("limit takes a number from 1 to " + LARGEST_LIMIT + "."));
  }

  static @Nullable String cursor(@Nullable String text) {
    return text == null ? null : Cursor.name(text).orElseThrow(Requests::noCursor);
  }

  static @Nullable Member memberCursor(@Nullable String text) {
    return text == null ? null : Cursor.member(text).orElseThrow(Requests::noCursor);
  }

  static @Nullable Room roomCursor(@Nullable String text) {
    return text == null ? null : Cursor.room(text).orElseThrow(Requests::noCursor);
  }

  private static WebApplicationException noCursor() {
    return refusal(Problem.badRequest("cursor takes what an earlier page said."));
  }

  static WebApplicationException refusal(Problem problem) {
    return new WebApplicationException(problem.toResponse());
  }
}
