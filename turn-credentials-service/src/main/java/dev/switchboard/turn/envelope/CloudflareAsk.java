package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.turn.ice.AskedTtl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the body of a Cloudflare request asks for. */
sealed interface CloudflareAsk {

  /**
   * A credential.
   *
   * @param name the {@code customIdentifier}
   * @param life the {@code ttl}
   */
  record Credential(Optional<String> name, Optional<Duration> life) implements CloudflareAsk {}

  /** No object of JSON, or a member of another type. */
  record Nonsense() implements CloudflareAsk {}

  /** Reads a body; one that is empty asks for the usual. */
  static CloudflareAsk read(String body, ObjectMapper json) {
    if (body.isBlank()) {
      return new Credential(Optional.empty(), Optional.empty());
    }
    try {
      JsonNode object = json.readTree(body);
      JsonNode name = object.path("customIdentifier");
      if (!object.isObject() || !(name.isTextual() || name.isMissingNode())) {
        return new Nonsense();
      }
      return switch (ttl(object.path("ttl"))) {
        case AskedTtl.Nonsense() -> new Nonsense();
        case AskedTtl.Life(Optional<Duration> life) ->
            new Credential(Optional.of(name.asText()).filter(text -> !text.isEmpty()), life);
      };
    } catch (JsonProcessingException e) {
      return new Nonsense();
    }
  }

  private static AskedTtl ttl(JsonNode ttl) {
    if (ttl.isMissingNode()) {
      return AskedTtl.read(List.of());
    }
    return ttl.isIntegralNumber() ? AskedTtl.read(List.of(ttl.asText())) : new AskedTtl.Nonsense();
  }
}
