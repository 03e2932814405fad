package dev.switchboard.presence.view;

import dev.switchboard.presence.board.Member;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

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
    return name(cursor)
        .filter(text -> text.indexOf(SEPARATOR) >= 0)
        .map(text ->
            new Member(
                text.substring(0, text.indexOf(SEPARATOR)),
                text.substring(text.indexOf(SEPARATOR) + 1)));
  }
}
