package dev.switchboard.bench.relay;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * What Vert.x costs without anything on it: reads the name out of a login, and hands every later
 * frame to the partner as it came. Names end with a or b, which is how it knows the partner. One
 * event loop.
 */
public final class BareRelay {

  private static final String NAME = "\"name\":\"";

  // Of one event loop.
  private final Map<String, ServerWebSocket> sockets = new HashMap<>();

  private BareRelay() {}

  /** Runs until the process ends. The argument is the port, on loopback. */
  public static void main(String[] arguments) {
    listen(Integer.parseInt(arguments[0]));
  }

  private static void listen(int port) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false));
    server.webSocketHandler(new BareRelay()::accept).listen();
  }

  private void accept(ServerWebSocket socket) {
    Ends ends = new Ends(socket);
    socket.frameHandler(ends::frame);
    socket.closeHandler(gone -> ends.close());
  }

  /** One connection. */
  private final class Ends {

    private final ServerWebSocket socket;
    private String name = "";
    private String partner = "";

    private Ends(ServerWebSocket socket) {
      this.socket = socket;
    }

    private void frame(WebSocketFrame frame) {
      if (frame.isClose() || frame.isPing()) {
        return;
      }
      if (name.isEmpty()) {
        logIn(frame.textData());
        return;
      }
      ServerWebSocket other = sockets.get(partner);
      if (other != null) {
        other.writeFrame(frame);
      }
    }

    private void logIn(String login) {
      int begin = login.indexOf(NAME) + NAME.length();
      name = login.substring(begin, login.indexOf('"', begin));
      String stem = name.substring(0, name.length() - 1);
      partner = stem + (name.endsWith("a") ? "b" : "a");
      sockets.put(name, socket);
      socket.writeFinalTextFrame("{\"type\":\"login\",\"success\":true}");
    }

    private void close() {
      sockets.remove(name);
    }
  }
}
