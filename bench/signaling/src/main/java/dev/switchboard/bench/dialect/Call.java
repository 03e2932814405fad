package dev.switchboard.bench.dialect;

import java.util.Optional;

/** What tutorials' clients speak: {@code docs/dialects/call.md}. */
final class Call implements Dialect {

  @Override
  public String path() {
    return "/";
  }

  @Override
  public Optional<String> greeting(String name, String partner) {
    return Optional.of("{\"type\":\"login\",\"name\":\"" + name + "\"}");
  }

  @Override
  public Step next(String heard, String name, String partner) {
    return heard.contains("\"success\":true") ? new Step.LoggedIn() : new Step.Refused();
  }

  @Override
  public String envelope(String word, String name, String partner, String payload) {
    return "{\"type\":\""
        + word
        + "\",\"name\":\""
        + partner
        + "\",\""
        + word
        + "\":"
        + payload
        + "}";
  }
}
