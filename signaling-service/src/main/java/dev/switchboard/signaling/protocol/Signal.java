package dev.switchboard.signaling.protocol;

/** What kind of signal a peer sends another. */
public enum Signal {
  /** Asks for a call; ties the two peers together until one of them hangs up. */
  OFFER("offer"),
  /** Takes the call; ties likewise. */
  ANSWER("answer"),
  /** A way to reach the sender; ties nobody. */
  CANDIDATE("candidate"),
  /** Whatever the two agree on; ties nobody. */
  DATA("data");

  private final String word;

  Signal(String word) {
    this.word = word;
  }

  /** Its name in metrics. */
  public String word() {
    return word;
  }

  /** Whether sending it makes partners of sender and receiver. */
  public boolean links() {
    return switch (this) {
      case OFFER, ANSWER -> true;
      case CANDIDATE, DATA -> false;
    };
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Signal ofWord(String word) {
    for (Signal one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
