package dev.switchboard.client.history;

import dev.switchboard.client.Target;
import java.util.List;
import java.util.Optional;

/** Something that a client did or was told; {@code at} is {@link System#nanoTime}. */
public sealed interface Entry {

  long at();

  /** It asked for something to be relayed. */
  record Sent(long at, String stamp, Target target, String data) implements Entry {}

  /** What became of that; {@code id} is 0 if it never had one. */
  record Answered(long at, String stamp, long id, Outcome outcome) implements Entry {}

  /** It was told that these did not arrive; no session means none of those that they were for. */
  record Undelivered(long at, String to, Optional<String> session, List<Long> ids)
      implements Entry {}

  /** Something came that was not dropped as a duplicate. */
  record Received(
      long at, long seq, Optional<String> room, String from, String session, String data)
      implements Entry {}

  /** It asks to be in a room. */
  record Joining(long at, String room) implements Entry {}

  /** It is in a room, which it asked for at the earliest then, and these other sessions are. */
  record Joined(long at, long asked, String room, List<String> sessions) implements Entry {}

  /** It asks to leave a room. */
  record Leaving(long at, String room) implements Entry {}

  /** It has left, which it asked for then. */
  record Left(long at, long asked, String room) implements Entry {}

  /** It was told that somebody came. */
  record PeerJoined(long at, String room, String session) implements Entry {}

  /** It was told that somebody went. */
  record PeerLeft(long at, String room, String session, String reason) implements Entry {}

  /** It has a session, and is in these rooms already. */
  record Welcomed(
      long at, String session, String epoch, boolean resumed, boolean recovered, List<String> rooms)
      implements Entry {}

  /** It lost its connection. */
  record Lost(long at, int code) implements Entry {}

  /** Numbered frames were missing. */
  record Missed(long at, long expected, long got) implements Entry {}

  /** It went for good: said bye, vanished, or was told not to come back. */
  record Ended(long at, int code, String reason) implements Entry {}

  /** What became of something that was sent. */
  enum Outcome {
    OK,
    REFUSED,
    /** Its session is gone, and nobody can say. */
    UNKNOWN
  }
}
