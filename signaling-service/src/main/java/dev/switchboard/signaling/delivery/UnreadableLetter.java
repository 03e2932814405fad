package dev.switchboard.signaling.delivery;

/** What came over the bus is no letter that this node can read. Never leaves this package. */
final class UnreadableLetter extends Exception {

  private static final long serialVersionUID = 1L;

  private final Why why;

  UnreadableLetter(Why why) {
    super(why.word(), null, false, false);
    this.why = why;
  }

  Why why() {
    return why;
  }

  /** What is wrong with it. */
  enum Why {
    /** A later node wrote it. */
    VERSION("version"),
    /** It is no letter. */
    NOISE("noise");

    private final String word;

    Why(String word) {
      this.word = word;
    }

    /** Its name in metrics. */
    String word() {
      return word;
    }
  }
}
