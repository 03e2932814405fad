package dev.switchboard.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Relays between partners as the {@code call} dialect does, and lies about every fiftieth message.
 */
final class LyingRelay implements AutoCloseable {

  /** What it does to a message. */
  enum Lie {
    NONE,
    LOSE,
    /** Lets the next of the same sender go first. */
    DELAY,
    REPEAT,
    /** Gives it to somebody else. */
    MISDELIVER,
    /** Changes one character behind the stamp. */
    ALTER_PAYLOAD,
    /** Changes one before it. */
    ALTER_HEAD,
    /** Gives it the number of another message. */
    ALTER_STAMP,
    CUT_SHORT
  }

  private final Vertx vertx = Vertx.vertx();
  private final Lie lie;
  // Of one event loop, like the rest.
  private final Map<String, ServerWebSocket> sockets = new HashMap<>();
  private final Map<String, String> held = new HashMap<>();
  private final HttpServer server;
  private int messages;

  LyingRelay(Lie lie) throws Exception {
    this.lie = lie;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .webSocketHandler(this::accept)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void accept(ServerWebSocket socket) {
    socket.textMessageHandler(text -> {
      String to = text.split("\"name\":\"", 2)[1].split("\"", 2)[0];
      if (text.startsWith("{\"type\":\"login\"")) {
        sockets.put(to, socket);
        socket.writeTextMessage("{\"type\":\"login\",\"success\":true}");
      } else {
        relay(to, text);
      }
    });
  }

  private void relay(String to, String text) {
    if (++messages % 50 != 0) {
      send(to, text);
      String late = held.remove(to);
      if (late != null) {
        send(to, late);
      }
      return;
    }
    int stamp = text.indexOf(Stamp.MARK);
    switch (lie) {
      case NONE -> send(to, text);
      case LOSE -> {}
      case DELAY -> held.put(to, text);
      case REPEAT -> {
        send(to, text);
        send(to, text);
      }
      case MISDELIVER ->
          send(
              sockets.keySet().stream().filter(name -> !name.equals(to)).findFirst().orElseThrow(),
              text);
      case ALTER_PAYLOAD -> send(to, changed(text, stamp + Stamp.LENGTH + 20));
      case ALTER_HEAD -> send(to, changed(text, stamp - 5));
      case ALTER_STAMP -> send(to, changed(text, stamp + 16));
      case CUT_SHORT -> send(to, text.substring(0, text.length() - 20));
    }
  }

  private void send(String to, String text) {
    Objects.requireNonNull(sockets.get(to), to).writeTextMessage(text);
  }

  private static String changed(String text, int at) {
    char other = text.charAt(at) == '7' ? '8' : '7';
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
