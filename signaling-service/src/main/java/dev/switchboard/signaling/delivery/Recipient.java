package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.protocol.Event;

/** A session of this node, as delivery sees it. Called on any thread; never blocks. */
public interface Recipient {

  /** Its realm. */
  String realm();

  /** Hands it a parcel; the receipt says what it made of it. */
  Receipt receive(Parcel parcel);

  /**
   * Hands it what stands in its inbox under {@code number}; maybe again, and not always in order.
   * Sessions that have no inbox have no use for it.
   */
  default void note(long number, Event event, String trace) {}

  /** A parcel that it sent did not arrive, or was not taken. */
  void returned(Parcel parcel, Receipt why);

  /** All sessions of that node are gone. */
  void lost(String node);

  /** This node was taken for dead: the names and rooms of this session are no longer its own. */
  void disowned();
}
