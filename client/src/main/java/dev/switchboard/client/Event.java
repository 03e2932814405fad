package dev.switchboard.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a client is told, besides answers. */
public sealed interface Event {

  /**
   * There is a session, and commands flow.
   *
   * @param resumed whether it is the session of before
   * @param recovered false if something may have been lost: what was unanswered is {@link
   *     Answer.Unknown}, and both ends negotiate anew
   * @param rooms that the session is in already; the client joins the others again by itself
   */
  record Welcomed(
      String self,
      String session,
      String epoch,
      boolean resumed,
      boolean recovered,
      List<String> rooms)
      implements Event {}

  /**
   * Somebody sent something.
   *
   * @param data the JSON, character for character as it was sent
   */
  record Signalled(
      long seq, Optional<String> room, String from, String session, boolean polite, String data)
      implements Event {}

  record PeerJoined(long seq, String room, Member member) implements Event {}

  record PeerUpdated(long seq, String room, Member member) implements Event {}

  record PeerLeft(long seq, String room, String peer, String session, String reason)
      implements Event {}

  /** A room was joined again for a session that was not in it. */
  record Rejoined(String room, Answer answer) implements Event {}

  /**
   * Something that was answered by {@code ok} did not reach its receiver.
   *
   * @param session the one that it did not reach, where that is known
   * @param ids under which it was sent; may be empty
   */
  record Undelivered(String to, Optional<String> session, List<Long> ids, Optional<String> code)
      implements Event {}

  /** Numbered frames are missing: a fault of the service. What follows is read all the same. */
  record Gap(long expected, long got) implements Event {}

  /** The token ends so soon. */
  record TokenExpiring(Duration in) implements Event {}

  /** The pod stops; the client moves to another connection within this time. */
  record Draining(Duration within) implements Event {}

  /** Something was refused that had no {@code id}. */
  record Complaint(String code, String message) implements Event {}

  /** The connection ended with this code, and the client comes back by itself. */
  record Lost(int code) implements Event {}

  /** The client is closed for good; nothing comes after this. */
  record Closed(int code, String reason) implements Event {}
}
