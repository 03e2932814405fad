package dev.switchboard.client.history;

import java.util.List;

/**
 * A promise that was not kept.
 *
 * @param says what happened, in a sentence
 * @param evidence the entries that show it
 */
public record Finding(Kind kind, String says, List<Entry> evidence) {

  /** Which promise. */
  public enum Kind {
    /** Acknowledged, its receiver was there or came back in time, and it was not received. */
    LOST,
    /** Acknowledged, its receiver did not come back in time, and the living sender was not told. */
    NOT_TOLD,
    /** Told as undelivered though its receiver was there, or came back in time. */
    FALSELY_UNDELIVERED,
    /** Refused, and received all the same: whoever sends it again sends it twice. */
    FALSELY_REFUSED,
    /** Received twice by one session. */
    TWICE,
    /** Received after something that the same session sent later. */
    OUT_OF_ORDER,
    /** Received by somebody for whom it was not. */
    WRONG_RECEIVER,
    /** Not what was sent, by whom it was sent; or sent by nobody. */
    ALTERED,
    /** In a room, to whoever asks or looks on, though gone for long. */
    GHOST,
    /** Seen leaving twice without having come back in between. */
    LEFT_TWICE,
    /** Seen leaving though it was there all the time, or back soon enough. */
    SEEN_LEAVING,
    /** Told that all was recovered where something acknowledged is missing. */
    FALSELY_RECOVERED,
    /** Numbered frames were missing. */
    GAP,
    /** There was more than the recorder keeps, and nothing can be said. */
    INCOMPLETE
  }

  static Finding of(Kind kind, String says, Entry... evidence) {
    return new Finding(kind, says, List.of(evidence));
  }
}
