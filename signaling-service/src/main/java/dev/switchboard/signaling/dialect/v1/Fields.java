package dev.switchboard.signaling.dialect.v1;

import dev.switchboard.signaling.dialect.json.Envelope;
import dev.switchboard.signaling.protocol.Payload;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one frame, each of its type. */
record Fields(Envelope envelope) {

  /** As long as a number that JavaScript keeps exact may be, and one digit less. */
  private static final int MOST_DIGITS = 15;

  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{22}");

  boolean has(String key) {
    return envelope.payload(key) != null;
  }

  /** The value of {@code key} if it is a string. */
  Optional<String> text(String key) {
    return Optional.ofNullable(envelope.string(key));
  }

  /** The first of {@code keys} that is there and is no string. */
  Optional<String> wronglyTyped(String... keys) {
    for (String key : keys) {
      if (has(key) && envelope.string(key) == null) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** Whatever {@code key} has. */
  Optional<Payload> payload(String key) {
    return Optional.ofNullable(envelope.payload(key));
  }

  /** The value of {@code key} if it has the form of a session's id. */
  Optional<String> session(String key) {
    return text(key).filter(id -> SESSION.matcher(id).matches());
  }

  /** The value of {@code key} if it is a whole number of at most 15 digits, not negative. */
  OptionalLong number(String key) {
    @Nullable Payload value = envelope.payload(key);
    if (value == null || value.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    String digits = textOf(value);
    return digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /** The JSON of {@code key} if it is an object of at most {@code longest} characters. */
  Optional<String> object(String key, long longest) {
    return payload(key)
        .filter(value -> value.frame().charAt(value.start()) == '{' && value.length() <= longest)
        .map(Fields::textOf);
  }

  private static String textOf(Payload value) {
    return value.frame().substring(value.start(), value.end());
  }
}
