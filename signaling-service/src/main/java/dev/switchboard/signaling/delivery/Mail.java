package dev.switchboard.signaling.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * Letters that go together, as text: the version, and then each letter after its length.
 *
 * <pre>
 * 2
 * &lt;length in UTF-16 units&gt;
 * &lt;letter&gt;&lt;length&gt;
 * &lt;letter&gt;…
 * </pre>
 */
final class Mail {

  /** Raised when an older node could misread what is in it. */
  private static final String VERSION = "2\n";

  private final StringBuilder text = new StringBuilder(VERSION);

  void add(String letter) {
    text.append(letter.length()).append('\n').append(letter);
  }

  String text() {
    return text.toString();
  }

  /**
   * The letters in it.
   *
   * @throws UnreadableLetter if it is of another version, or no mail at all
   */
  static List<String> letters(String text) throws UnreadableLetter {
    int at = text.indexOf('\n') + 1;
    if (at == 0) {
      throw new UnreadableLetter(UnreadableLetter.Why.NOISE);
    }
    if (!text.startsWith(VERSION)) {
      throw new UnreadableLetter(UnreadableLetter.Why.VERSION);
    }
    List<String> letters = new ArrayList<>();
    try {
      while (at < text.length()) {
        int begin = text.indexOf('\n', at) + 1;
        int end = begin + Integer.parseInt(text, at, begin - 1, 10);
        letters.add(text.substring(begin, end));
        at = end;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new UnreadableLetter(UnreadableLetter.Why.NOISE);
    }
    return letters;
  }
}
