package dev.switchboard.presence.view;

import dev.switchboard.presence.board.Member;
import dev.switchboard.presence.board.Room;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where a page ended: what came last, in Base64 that needs no escaping. It holds as long as names
 * have an order, whoever comes and goes meanwhile.
 */
public final class Cursor {

  private static final char SEPARATOR = '\n';

  private Cursor() {}

  public static String of(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  public static String of(Member last) {
    return of(last.peer() + SEPARATOR + last.session());
  }

  public static String of(Room last) {
    return of(last.name() + SEPARATOR + last.scope());
  }

  /** What came last; nothing for what is no cursor. */
  public static Optional<String> name(String cursor) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
              .toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Who came last; nothing for what is no cursor of members. */
  public static Optional<Member> member(String cursor) {
    return pair(cursor, Member::new);
  }

  /** Which room came last; nothing for what is no cursor of rooms. */
  public static Optional<Room> room(String cursor) {
    return pair(cursor, (name, scope) -> new Room(scope, name));
  }

  private static <T> Optional<T> pair(String cursor, BiFunction<String, String, T> of) {
    return name(cursor)
        .filter(text -> text.indexOf(SEPARATOR) >= 0)
        .map(text ->
            of.apply(
                text.substring(0, text.indexOf(SEPARATOR)),
                text.substring(text.indexOf(SEPARATOR) + 1)));
  }
}
