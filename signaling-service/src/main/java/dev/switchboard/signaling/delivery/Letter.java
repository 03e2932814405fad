package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;

/** What one node tells another. */
sealed interface Letter {

  /**
   * A parcel for sessions of the node that reads this.
   *
   * @param sent microseconds since 1970, by the clock of the node that wrote it
   */
  record Post(Parcel parcel, List<SessionId> receivers, long sent) implements Letter {}

  /** A parcel of a session of the node that reads this, which did not arrive or was not taken. */
  record Return(Parcel parcel, Receipt why) implements Letter {}

  /**
   * What stands in the inboxes of kept sessions of the node that reads this.
   *
   * @param trace the {@code traceparent} of what caused it; empty if nobody traces
   * @param sent microseconds since 1970, by the clock of the node that wrote it
   */
  record Note(Event event, String trace, List<Numbered> receivers, long sent) implements Letter {}
}
