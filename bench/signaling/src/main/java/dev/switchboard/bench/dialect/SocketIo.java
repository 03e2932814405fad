package dev.switchboard.bench.dialect;

import java.util.Optional;

/** Socket.IO 4 over its WebSocket alone: each pair has a room. */
final class SocketIo implements Dialect {

  private static final String OPEN = "0";
  private static final String PING = "2";
  private static final String PONG = "3";
  private static final String CONNECT = "40";
  private static final String JOINED = "430";

  @Override
  public String path() {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  @Override
  public Optional<String> greeting(String name, String partner) {
    return Optional.empty();
  }

  @Override
  public Step next(String heard, String name, String partner) {
    if (heard.startsWith(JOINED)) {
      return new Step.LoggedIn();
    }
    if (heard.startsWith(CONNECT)) {
      return new Step.Say("420[\"join\",\"" + room(name, partner) + "\"]");
    }
    return heard.startsWith(OPEN) ? new Step.Say(CONNECT) : new Step.Refused();
  }

  @Override
  public String envelope(String word, String name, String partner, String payload) {
    return "42[\"message\",\"" + room(name, partner) + "\"," + payload + "]";
  }

  @Override
  public Optional<String> answer(String heard) {
    return heard.equals(PING) ? Optional.of(PONG) : Optional.empty();
  }

  private static String room(String name, String partner) {
    return name.compareTo(partner) < 0 ? name : partner;
  }
}
