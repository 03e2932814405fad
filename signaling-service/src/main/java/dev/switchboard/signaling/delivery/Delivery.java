package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;

/**
 * Carries parcels to sessions, at most once. Between two sessions the order of dispatch is the
 * order of arrival. Methods return at once and may be called on any thread.
 */
public interface Delivery {

  /** The id of this node: a new one with each start. */
  String node();

  /**
   * From now on {@code session} receives here, in place of whoever did so before under this id.
   * That one is told {@link dev.switchboard.signaling.protocol.Event.Superseded}.
   */
  void attach(SessionId session, Recipient recipient);

  /** From now on {@code recipient} receives nothing, unless it was replaced already. */
  void detach(SessionId session, Recipient recipient);

  /** Whether anybody receives here under this id. */
  boolean isAttached(SessionId session);

  /**
   * Brings the parcel to all of {@code receivers}. Where it does not arrive, or is refused, its
   * sender's {@link Recipient#returned} is called: on any thread, maybe before this method returns,
   * and at most once a receiver. Of events in rooms nothing comes back.
   */
  void dispatch(Parcel parcel, List<Location> receivers);

  /**
   * Brings an event to kept sessions in whose inboxes it stands already. Nothing comes back: who
   * misses it finds it there.
   *
   * @param trace the {@code traceparent} of what caused it; empty if nobody traces
   */
  void note(Event event, String trace, List<Numbered> receivers);

  /** Tells every session of this node that {@code node} has died. */
  void lost(String node);

  /** Tells a session of this node, if it is here, that its places are no longer its own. */
  void disown(SessionId session);
}
