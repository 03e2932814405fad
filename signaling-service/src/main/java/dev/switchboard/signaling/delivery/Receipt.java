package dev.switchboard.signaling.delivery;

/** What became of an event that was dispatched. */
public enum Receipt {
  /** It is in the receiver's outbox. */
  ACCEPTED,
  /** The receiver has no use for it, such as a hang-up by somebody who is no partner. */
  IGNORED,
  /** The receiver's grants do not allow the sender. */
  FORBIDDEN,
  /** The receiver has as many partners as it may have. */
  BUSY,
  /** There is no such session, or not any longer. */
  GONE
}
