package dev.switchboard.signaling.delivery;

/** What became of a parcel. */
public enum Receipt {
  /** It is in the receiver's outbox. */
  ACCEPTED("accepted", false),
  /** The receiver has no use for it, such as a hang-up by somebody who is no partner. */
  IGNORED("ignored", false),
  /** The receiver's grants do not allow the sender. */
  FORBIDDEN("forbidden", true),
  /** The receiver has as many partners as it may have. */
  BUSY("busy", true),
  /** There is no such session, or not any longer. */
  GONE("gone", true),
  /** The bus between the nodes is down or overrun; whether it arrived is not known. */
  UNREACHABLE("unreachable", true);

  private final String word;
  private final boolean refusal;

  Receipt(String word, boolean refusal) {
    this.word = word;
    this.refusal = refusal;
  }

  /** Its name between nodes. */
  String word() {
    return word;
  }

  /** Whether the sender hears of it. */
  public boolean isRefusal() {
    return refusal;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Receipt ofWord(String word) {
    for (Receipt one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
