package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;

/** The way to a session's client. Called on any thread, never blocks. */
public interface Outlet {

  /**
   * Queues {@code event} for the client.
   *
   * @param self the session that it is told to
   * @return false if the queue's bound was reached or the client is gone: the event is lost, and
   *     the connection is being cut
   */
  boolean offer(SessionId self, Event event);

  /** The same for what has a number, one more than that of what was queued before. */
  boolean offer(SessionId self, long number, Event event);

  /** Whether the connection was cut because the bound was reached. */
  boolean wasCut();

  /** Ends the connection; does nothing if it has ended. */
  void close(CloseCode code);
}
