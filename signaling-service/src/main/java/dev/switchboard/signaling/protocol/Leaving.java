package dev.switchboard.signaling.protocol;

/** Why somebody is in a room no longer. */
public enum Leaving {
  /** It said so, or closed its socket. */
  LEFT("left"),
  /** It lost its socket and did not come back in time. */
  TIMEOUT("timeout"),
  /** Its node died. */
  NODE_LOST("node-lost"),
  /** Somebody else put it out. */
  KICKED("kicked");

  private final String word;

  Leaving(String word) {
    this.word = word;
  }

  /** The word for clients and between nodes. */
  public String word() {
    return word;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Leaving ofWord(String word) {
    for (Leaving one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
