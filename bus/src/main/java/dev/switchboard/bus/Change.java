package dev.switchboard.bus;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One change of who is here, as it stands in the realm's stream.
 *
 * @param id its version
 * @param kind what happened
 * @param session whose session it was; empty for a status
 * @param scope the dialect's part of the realm; empty for a status
 * @param peer the name
 * @param room where, for {@code JOIN}, {@code UPDATE} and {@code LEAVE}; otherwise empty
 * @param more what its client says of it, as JSON, or why it went
 * @param since when the session began, for {@code OPEN} and {@code BACK}; otherwise when this
 *     happened
 */
public record Change(
    ChangeId id,
    Kind kind,
    String session,
    String scope,
    String peer,
    String room,
    String more,
    Instant since) {

  /** What may happen. */
  public enum Kind {
    /** Nothing: the stream's first entry. */
    BEGIN,
    /** A session began. */
    OPEN,
    /** A session that had been away has a socket again. */
    BACK,
    /** Its client says something else of it. */
    DESCRIBE,
    /** It has been without a socket for so long that it left its rooms; it may yet be back. */
    AWAY,
    /** It ended; not told of one that is away. */
    GONE,
    /** It is in a room. */
    JOIN,
    /** Its client says something else of it in a room. */
    UPDATE,
    /** It is in a room no longer. */
    LEAVE,
    /** Its peer says something else of itself. */
    STATUS;

    /** The word for it in the stream. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that word; nothing for one of a later version. */
    static Optional<Kind> ofWord(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
