package dev.switchboard.signaling.delivery;

/** What became of a parcel. */
public enum Receipt {
  /** It is in the receiver's outbox. */
  ACCEPTED(false),
  /** The receiver has no use for it, such as a hang-up by somebody who is no partner. */
  IGNORED(false),
  /** The receiver's grants do not allow the sender. */
  FORBIDDEN(true),
  /** The receiver has as many partners as it may have. */
  BUSY(true),
  /** There is no such session, or not any longer. */
  GONE(true),
  /** The bus between the nodes is down or overrun; whether it arrived is not known. */
  UNREACHABLE(true);

  private final boolean refusal;

  Receipt(boolean refusal) {
    this.refusal = refusal;
  }

  /** Whether the sender hears of it. */
  public boolean isRefusal() {
    return refusal;
  }
}
