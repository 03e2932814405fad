package dev.switchboard.bench.dialect;

import java.util.Optional;

/** Our {@code rooms}: {@code docs/dialects/rooms.md}. */
final class Rooms implements Dialect {

  @Override
  public String path() {
    return "/rooms";
  }

  @Override
  public Optional<String> subprotocol() {
    return Optional.of("switchboard.rooms");
  }

  @Override
  public Optional<String> greeting(String name, String partner) {
    return Optional.of("{\"event\":\"join\",\"args\":[\"" + room(name) + "\"]}");
  }

  @Override
  public Step next(String heard, String name, String partner) {
    return heard.startsWith("{\"event\":\"joined\"") ? new Step.LoggedIn() : new Step.Refused();
  }

  @Override
  public String envelope(String word, String name, String partner, String payload) {
    return "{\"event\":\"message\",\"args\":[\"" + room(name) + "\"," + payload + "]}";
  }

  /** Who else comes and goes. */
  @Override
  public boolean isNews(String heard) {
    return heard.startsWith("{\"event\":\"otherjoin\"") || heard.startsWith("{\"event\":\"bye\"");
  }

  /** All of a name but the letter of the side, and what tells several of that side apart. */
  private static String room(String name) {
    int end = name.lastIndexOf('-') + 1;
    while (end < name.length() && Character.isDigit(name.charAt(end))) {
      end++;
    }
    return name.substring(0, end);
  }
}
