package dev.switchboard.presence.board;

import dev.switchboard.bus.ChangeId;

/**
 * What those who watch are told. It follows from signaling's changes alone, so every pod tells the
 * same under the same id.
 */
public sealed interface PresenceEvent {

  /** Of two events of a realm the later has the greater one. */
  ChangeId id();

  Kind kind();

  /** Whom it is about. */
  String peer();

  /** What became of a peer, or of a member of a room. */
  enum Kind {
    ENTER("enter"),
    UPDATE("update"),
    LEAVE("leave");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word for clients and metrics. */
    public String word() {
      return word;
    }
  }

  /** Why a peer that was here and still is is told of. */
  enum Cause {
    SESSION_BEGAN("session-began"),
    SESSION_ENDED("session-ended"),
    DESCRIBED("described"),
    STATUS("status"),
    /** Something was missed; what it was nobody knows. */
    RESYNCED("resynced"),
    /** It was not here before, or is not any more. */
    NONE("");

    private final String word;

    Cause(String word) {
      this.word = word;
    }

    /** The word for clients. */
    public String word() {
      return word;
    }
  }

  /**
   * A peer's first session has begun, its last one has ended, or something else is different.
   *
   * @param cause why, of an update
   * @param scope the session's; empty for a status
   * @param session the one that began, ended or is described otherwise; empty for a status
   * @param meta what its client says of it, as JSON, or empty
   * @param reason why the session ended, or empty
   * @param sessions how many the peer has now
   * @param status what the peer says of itself, as JSON, or empty
   */
  record OfPeer(
      ChangeId id,
      Kind kind,
      String peer,
      Cause cause,
      String scope,
      String session,
      String meta,
      String reason,
      int sessions,
      String status)
      implements PresenceEvent {}

  /**
   * A session has come into a room, has left it, or is described otherwise there.
   *
   * @param meta what its client says of it there, as JSON, or empty
   * @param reason why it left, or empty
   * @param members how many are there now
   */
  record OfRoom(
      ChangeId id,
      Kind kind,
      String peer,
      String session,
      Room room,
      String meta,
      String reason,
      int members)
      implements PresenceEvent {}
}
