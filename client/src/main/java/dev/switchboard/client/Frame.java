package dev.switchboard.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A frame of the service. What others said in it ({@code data} and {@code meta}) is kept as the
 * characters that came.
 */
final class Frame {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, JsonNode> fields = new HashMap<>();
  private final Map<String, String> opaque = new HashMap<>();

  private Frame() {}

  /**
   * Reads one.
   *
   * @throws UncheckedIOException if it is no JSON object: the service is broken
   */
  static Frame read(String text) {
    Frame frame = new Frame();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonProcessingException("No JSON object") {
          private static final long serialVersionUID = 1;
        };
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        frame.readField(parser, text);
      }
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readField(JsonParser parser, String text) throws IOException {
    String name = parser.currentName();
    parser.nextToken();
    if (name.equals("data") || name.equals("meta")) {
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      parser.finishToken();
      opaque.put(name, text.substring(start, (int) parser.currentLocation().getCharOffset()));
    } else {
      fields.put(name, JSON.readTree(parser));
    }
  }

  private JsonNode field(String name) {
    return fields.getOrDefault(name, MissingNode.getInstance());
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    return field(name).asText();
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  long number(String name) {
    return field(name).asLong();
  }

  boolean flag(String name) {
    return field(name).asBoolean();
  }

  Optional<String> opaque(String name) {
    return Optional.ofNullable(opaque.get(name));
  }

  List<String> texts(String name) {
    return StreamSupport.stream(field(name).spliterator(), false).map(JsonNode::asText).toList();
  }

  List<Long> numbers(String name) {
    return StreamSupport.stream(field(name).spliterator(), false).map(JsonNode::asLong).toList();
  }

  /** The session that this frame is about. */
  Member member() {
    return new Member(text("peer"), text("session"), flag("polite"), opaque("meta"));
  }

  List<Member> members(String name) {
    return StreamSupport.stream(field(name).spliterator(), false).map(Frame::member).toList();
  }

  private static Member member(JsonNode node) {
    return new Member(
        node.path("peer").asText(),
        node.path("session").asText(),
        node.path("polite").asBoolean(),
        node.has("meta") ? Optional.of(node.get("meta").toString()) : Optional.empty());
  }
}
