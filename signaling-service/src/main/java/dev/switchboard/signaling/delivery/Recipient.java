package dev.switchboard.signaling.delivery;

/** A session of this node, as delivery sees it. Called on any thread; never blocks. */
public interface Recipient {

  /** Its realm. */
  String realm();

  /** Hands it a parcel; the receipt says what it made of it. */
  Receipt receive(Parcel parcel);

  /** A parcel that it sent did not arrive, or was not taken. */
  void returned(Parcel parcel, Receipt why);

  /** All sessions of that node are gone. */
  void lost(String node);

  /** This node was taken for dead: the names and rooms of this session are no longer its own. */
  void disowned();
}
