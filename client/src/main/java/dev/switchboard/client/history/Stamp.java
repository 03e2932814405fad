package dev.switchboard.client.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** What tells two things that were sent apart, wherever they turn up. */
final class Stamp {

  private static final JsonMapper JSON = new JsonMapper();

  private Stamp() {}

  /** Data that carries a stamp; the body must need no escapes. */
  static String on(String stamp, String body) {
    return "{\"stamp\":\"" + stamp + "\", \"body\":\"" + body + "\"}";
  }

  /** The stamp that data carries. */
  static Optional<String> of(String data) {
    try {
      JsonNode stamp = JSON.readTree(data).path("stamp");
      return stamp.isTextual() ? Optional.of(stamp.asText()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
