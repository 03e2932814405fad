package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;

/**
 * Carries events to sessions. Between two sessions the order of dispatch is the order of arrival.
 * Methods return at once and may be called on an event loop.
 */
public interface Delivery {

  /** The id of this node. */
  String node();

  /** From now on {@code session} receives here. */
  void attach(SessionId session, Recipient recipient);

  /** From now on {@code session} is gone. */
  void detach(SessionId session);

  /**
   * Brings {@code event} to the session at {@code location}, at most once.
   *
   * @param to whom it is for: if the session no longer goes by this name, or is no longer in this
   *     room, the receipt is {@link Receipt#GONE}
   */
  Uni<Receipt> dispatch(Destination to, Location location, Event event);
}
