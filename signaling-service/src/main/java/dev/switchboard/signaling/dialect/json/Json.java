package dev.switchboard.signaling.dialect.json;

/**
 * The grammar of RFC 8259 over a string. Each method takes where a construct begins and returns
 * where it ends (exclusive), or {@link #INVALID}. Nothing is allocated.
 */
final class Json {

  /** What stands at a position is not what it has to be. */
  static final int INVALID = -1;

  /** The deepest nesting of arrays and objects, the outermost included. */
  static final int MAX_DEPTH = 64;

  private Json() {}

  /** Section 2: where the next character that is not white space stands. */
  static int skipSpace(String text, int at) {
    int i = at;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Section 3: any value, {@code depth} levels below the outermost. */
  static int value(String text, int at, int depth) {
    if (at >= text.length()) {
      return INVALID;
    }
    return switch (text.charAt(at)) {
      case '"' -> string(text, at);
      case '{' -> container(text, at, depth, '}');
      case '[' -> container(text, at, depth, ']');
      case 't' -> literal(text, at, "true");
      case 'f' -> literal(text, at, "false");
      case 'n' -> literal(text, at, "null");
      default -> number(text, at);
    };
  }

  /** Section 7: a string, from quote to quote. */
  static int string(String text, int at) {
    if (at >= text.length() || text.charAt(at) != '"') {
      return INVALID;
    }
    int i = plain(text, at + 1);
    while (i < text.length() && text.charAt(i) == '\\') {
      i = escape(text, i);
      if (i == INVALID) {
        return INVALID;
      }
      i = plain(text, i);
    }
    return i < text.length() && text.charAt(i) == '"' ? i + 1 : INVALID;
  }

  /**
   * Where the first character stands that does not stand for itself: a quote, a backslash, a
   * control character; or the end. Most of every frame goes through this loop. It does nothing but
   * count, so that the JIT checks bounds once a loop: a description takes half as long as with the
   * escapes in it.
   */
  private static int plain(String text, int at) {
    int end = text.length();
    for (int i = at; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        return i;
      }
    }
    return end;
  }

  private static int escape(String text, int at) {
    if (at + 1 >= text.length()) {
      return INVALID;
    }
    return switch (text.charAt(at + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> isHex(text, at + 2) ? at + 6 : INVALID;
      default -> INVALID;
    };
  }

  private static boolean isHex(String text, int at) {
    if (at + 4 > text.length()) {
      return false;
    }
    for (int i = at; i < at + 4; i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Sections 4 and 5: an object or an array, which differ in what stands between two commas. */
  private static int container(String text, int at, int depth, char close) {
    if (depth >= MAX_DEPTH) {
      return INVALID;
    }
    int i = skipSpace(text, at + 1);
    if (i < text.length() && text.charAt(i) == close) {
      return i + 1;
    }
    while (true) {
      i = close == '}' ? member(text, i, depth + 1) : value(text, i, depth + 1);
      if (i == INVALID) {
        return INVALID;
      }
      i = skipSpace(text, i);
      if (i >= text.length()) {
        return INVALID;
      }
      char c = text.charAt(i);
      if (c == close) {
        return i + 1;
      }
      if (c != ',') {
        return INVALID;
      }
      i = skipSpace(text, i + 1);
    }
  }

  /** A key and its value. Keys may repeat in here: only the envelope is held to be unambiguous. */
  private static int member(String text, int at, int depth) {
    int i = colon(text, string(text, at));
    return i == INVALID ? INVALID : value(text, skipSpace(text, i), depth);
  }

  /** What follows a member's key. */
  static int colon(String text, int at) {
    if (at == INVALID) {
      return INVALID;
    }
    int i = skipSpace(text, at);
    return i < text.length() && text.charAt(i) == ':' ? i + 1 : INVALID;
  }

  private static int literal(String text, int at, String word) {
    return text.startsWith(word, at) ? at + word.length() : INVALID;
  }

  /** Section 6: {@code -}? int frac? exp?. */
  private static int number(String text, int at) {
    int i = at < text.length() && text.charAt(at) == '-' ? at + 1 : at;
    if (i < text.length() && text.charAt(i) == '0') {
      i++;
    } else {
      i = digits(text, i);
    }
    if (i != INVALID && i < text.length() && text.charAt(i) == '.') {
      i = digits(text, i + 1);
    }
    if (i != INVALID && i < text.length() && (text.charAt(i) | 0x20) == 'e') {
      i++;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      i = digits(text, i);
    }
    return i;
  }

  private static int digits(String text, int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i == at ? INVALID : i;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
