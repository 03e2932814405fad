package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;

/** A session of this node, as delivery sees it. */
public interface Recipient {

  /**
   * Hands it an event. Called on any thread, never blocks.
   *
   * @param to the name or room it was sent to
   * @return what the recipient made of it
   */
  Receipt receive(Destination to, Event event);
}
