package dev.switchboard.bench;

/** The two of a pair. */
enum Side {
  CALLER('a'),
  CALLEE('b');

  private final char letter;

  Side(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }

  Side other() {
    return this == CALLER ? CALLEE : CALLER;
  }

  /** The end of the name says who somebody's partner is, which is all that a bare relay needs. */
  String name(String run, int pair) {
    return run + "-" + pair + letter;
  }
}
