package dev.switchboard.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/** The frames that a client sends. What is said in them as JSON is the caller's, as it stands. */
final class Words {

  private final StringBuilder out = new StringBuilder(128);

  private Words(String type) {
    out.append("{\"type\":\"").append(type).append('"');
  }

  static Words of(String type) {
    return new Words(type);
  }

  static Words of(String type, long id) {
    return of(type).with("id", id);
  }

  static Words signal(long id, Target target, String data) {
    Words words = of("signal", id);
    Words addressed =
        switch (target) {
          case Target.Peer(String name) -> words.with("to", name);
          case Target.Session(String session) -> words.with("session", session);
          case Target.Room(String name) -> words.with("room", name);
        };
    return addressed.withJson("data", data);
  }

  Words with(String key, String value) {
    key(key).append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, out);
    out.append('"');
    return this;
  }

  Words with(String key, long value) {
    key(key).append(value);
    return this;
  }

  Words withJson(String key, String json) {
    key(key).append(json);
    return this;
  }

  Words withJson(String key, Optional<String> json) {
    json.ifPresent(value -> withJson(key, value));
    return this;
  }

  private StringBuilder key(String key) {
    return out.append(",\"").append(key).append("\":");
  }

  String frame() {
    return out + "}";
  }
}
