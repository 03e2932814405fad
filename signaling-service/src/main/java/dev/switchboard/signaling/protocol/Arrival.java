package dev.switchboard.signaling.protocol;

/** How somebody came to be in a room. */
public enum Arrival {
  /** For the first time. */
  NEW("new"),
  /** It was in it all along; only its socket was gone. */
  BACK("back"),
  /** It was in it, and began afresh: whatever others have of it is of no use any longer. */
  AFRESH("afresh");

  private final String word;

  Arrival(String word) {
    this.word = word;
  }

  /** Its name between nodes. */
  public String word() {
    return word;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Arrival ofWord(String word) {
    for (Arrival one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
