package dev.switchboard.signaling.protocol;

/**
 * What a peer may be called: 1 to 128 characters (UTF-16 units) of well-formed Unicode without
 * control characters, neither starting nor ending in white space.
 */
public final class PeerName {

  /** The longest name, in UTF-16 units. */
  public static final int MAX_LENGTH = 128;

  /** The rule in words, for whoever broke it. */
  public static final String RULE =
      "A name has 1 to 128 characters, no control characters and no space at either end.";

  private PeerName() {}

  /** Whether {@code name} keeps the rule. */
  public static boolean isValid(String name) {
    int length = name.length();
    if (length == 0
        || length > MAX_LENGTH
        || Character.isWhitespace(name.charAt(0))
        || Character.isWhitespace(name.charAt(length - 1))) {
      return false;
    }
    return name.codePoints().noneMatch(PeerName::isForbidden);
  }

  private static boolean isForbidden(int codePoint) {
    // A lone surrogate is not a character: it cannot be sent as UTF-8.
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.LINE_SEPARATOR
        || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
  }
}
