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

  /** Ends the connection; does nothing if it has ended. */
  void close(CloseCode code);
}
