package dev.switchboard.signaling.ledger;

/** Why a hold is void. */
public enum Ending {
  /** The session has been attached again since. */
  ELSEWHERE("elsewhere"),
  /** The node was taken for dead, or has said that the socket is gone. */
  DETACHED("detached"),
  /** There is no such session any longer, or the ledger has lost what it knew of it. */
  GONE("gone");

  private final String word;

  Ending(String word) {
    this.word = word;
  }

  /** The one of that name, as scripts write it. */
  static Ending ofWord(String word) {
    for (Ending one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException(word);
  }
}
