package dev.switchboard.signaling.protocol;

/**
 * Why something was not done. A refusal is an answer, not an error: nobody else notices it, and the
 * connection goes on.
 *
 * @param reason which of the catalogue
 * @param subject what it was about (a peer, a command, a field), at most {@value #MAX_SUBJECT}
 *     characters; empty where the reason says it all
 */
public record Refusal(Reason reason, String subject) {

  private static final int MAX_SUBJECT = 128;

  public Refusal {
    if (subject.length() > MAX_SUBJECT) {
      subject = subject.substring(0, MAX_SUBJECT - 1) + "…";
    }
  }

  /** A refusal whose reason says it all. */
  public static Refusal of(Reason reason) {
    return new Refusal(reason, "");
  }

  /** The one catalogue of refusals. */
  public enum Reason {
    /** The frame is not a JSON object, or nests too deep. */
    MALFORMED("malformed", false),
    /** A key of the envelope, the subject, stands twice. */
    DUPLICATE_KEY("duplicate_key", false),
    /** A field, the subject, is missing or not of its type. */
    BAD_FIELD("bad_field", false),
    /** No such command as the subject. */
    UNKNOWN_COMMAND("unknown_command", false),
    /** {@link PeerName} does not allow the name. */
    BAD_NAME("bad_name", false),
    /** Somebody else holds the name; it may be free later. */
    NAME_TAKEN("name_taken", true),
    /** The token names another peer. */
    NOT_YOUR_NAME("not_your_name", false),
    /** A token is needed, or the one presented is of no use; the subject is a sentence on why. */
    BAD_TOKEN("bad_token", false),
    /** A name must be claimed first. */
    NO_NAME("no_name", false),
    /** Nobody holds the name that is the subject. */
    UNKNOWN_PEER("unknown_peer", false),
    /** The grants of one of the two do not allow them to talk. */
    FORBIDDEN("forbidden", false),
    /** One of the two has as many partners as a session may have. */
    BUSY("busy", true),
    /** {@link PeerName} does not allow the name of the room that is the subject. */
    BAD_ROOM("bad_room", false),
    /** The room that is the subject has as many members as it may have. */
    ROOM_FULL("room_full", true),
    /** It is in as many rooms as a session may be in. */
    TOO_MANY_ROOMS("too_many_rooms", false),
    /** It is not in the room that is the subject. */
    NOT_IN_ROOM("not_in_room", false),
    /** As much waits for the peer or the room, the subject, as may wait. */
    BACKLOG("backlog", true),
    /** The ticket is for no session that could be had back, and no name was given to begin anew. */
    BAD_TICKET("bad_ticket", false),
    /** Redis, which would have to know, cannot be reached; nothing is known to have changed. */
    UNAVAILABLE("unavailable", true),
    /** The client sends faster than it may; what it sent was not looked at. */
    RATE_LIMITED("rate_limited", true);

    private final String code;
    private final boolean retry;

    Reason(String code, boolean retry) {
      this.code = code;
      this.retry = retry;
    }

    /** The word for programs: in frames, metrics and logs. */
    public String code() {
      return code;
    }

    /**
     * The one of that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reason ofCode(String code) {
      for (Reason reason : values()) {
        if (reason.code.equals(code)) {
          return reason;
        }
      }
      throw new IllegalArgumentException(code);
    }

    /** Whether the same request may succeed later. */
    public boolean retry() {
      return retry;
    }
  }
}
