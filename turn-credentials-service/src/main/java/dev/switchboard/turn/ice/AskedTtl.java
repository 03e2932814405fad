package dev.switchboard.turn.ice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller says about how long its credential shall live. */
public sealed interface AskedTtl {

  /** This long, or as long as is usual. */
  record Life(Optional<Duration> life) implements AskedTtl {}

  /** Something that is no number of seconds. */
  record Nonsense() implements AskedTtl {}

  /**
   * Not {@code Long.parseLong}'s idea of a number, which has signs and the digits of all scripts.
   */
  Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Reads the values of the parameter, of which there should be one at most. */
  static AskedTtl read(List<String> values) {
    if (values.isEmpty()) {
      return new Life(Optional.empty());
    }
    if (values.size() > 1 || !DIGITS.matcher(values.getFirst()).matches()) {
      return new Nonsense();
    }
    try {
      long seconds = Long.parseLong(values.getFirst());
      return seconds > 0 ? new Life(Optional.of(Duration.ofSeconds(seconds))) : new Nonsense();
    } catch (NumberFormatException e) {
      return new Nonsense();
    }
  }
}
