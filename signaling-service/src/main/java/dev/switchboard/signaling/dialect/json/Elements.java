package dev.switchboard.signaling.dialect.json;

import dev.switchboard.signaling.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The elements of an array that {@link Envelope#scan} has let pass. */
public final class Elements {

  private Elements() {}

  /**
   * Where the elements of {@code array} stand.
   *
   * @param json the frame that it stands in
   * @param most how many there may be
   * @return empty if it is no array, or has more
   */
  static Optional<List<Payload>> of(Json json, Payload array, int most) {
    String frame = array.frame();
    if (frame.charAt(array.start()) != '[') {
      return Optional.empty();
    }
    List<Payload> elements = new ArrayList<>(most);
    int i = json.skipSpace(array.start() + 1);
    while (frame.charAt(i) != ']') {
      if (elements.size() == most) {
        return Optional.empty();
      }
      int end = json.value(i, 2);
      elements.add(new Payload(frame, i, end));
      i = json.skipSpace(end);
      if (frame.charAt(i) == ',') {
        i = json.skipSpace(i + 1);
      }
    }
    return Optional.of(elements);
  }

  /** The text of a JSON string, or empty if {@code value} is none. */
  public static Optional<String> text(Payload value) {
    return value.frame().charAt(value.start()) == '"'
        ? Optional.of(Text.unescape(value.frame(), value.start() + 1, value.end() - 1))
        : Optional.empty();
  }
}
