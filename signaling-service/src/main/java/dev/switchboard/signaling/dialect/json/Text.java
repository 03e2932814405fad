package dev.switchboard.signaling.dialect.json;

/** Strings on their way in and out of JSON (RFC 8259, section 7). */
public final class Text {

  private static final String HEX = "0123456789abcdef";

  private Text() {}

  /** Appends {@code value} as a JSON string, quotes included. */
  public static StringBuilder quote(StringBuilder out, String value) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Json.isPlain(c)) {
        continue;
      }
      out.append(value, plain, i);
      plain = i + 1;
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
    return out.append(value, plain, value.length()).append('"');
  }

  /** The value of a JSON string that the grammar has let pass, without its quotes. */
  static String unescape(String text, int start, int end) {
    int escape = text.indexOf('\\', start, end);
    if (escape < 0) {
      return text.substring(start, end);
    }
    StringBuilder out = new StringBuilder(end - start);
    int plain = start;
    while (escape >= 0) {
      out.append(text, plain, escape);
      char c = text.charAt(escape + 1);
      if (c == 'u') {
        out.append((char) Integer.parseInt(text, escape + 2, escape + 6, 16));
        plain = escape + 6;
      } else {
        out.append(
            switch (c) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> c;
            });
        plain = escape + 2;
      }
      escape = text.indexOf('\\', plain, end);
    }
    return out.append(text, plain, end).toString();
  }
}
