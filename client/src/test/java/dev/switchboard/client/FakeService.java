package dev.switchboard.client;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A service whose every frame a test says by hand. */
public final class FakeService implements AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final long PATIENCE_SECONDS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Seat> arrivals = new LinkedBlockingQueue<>();
  private final HttpServer server;

  private FakeService(BiConsumer<FakeService, HttpServerRequest> door) {
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setWebSocketSubProtocols(List.of("switchboard.v1")))
            .requestHandler(request -> door.accept(this, request))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public static FakeService start() {
    return new FakeService(FakeService::seat);
  }

  /** One that does with requests what the test wants. */
  static FakeService start(Consumer<HttpServerRequest> door) {
    return new FakeService((_, request) -> door.accept(request));
  }

  private void seat(HttpServerRequest request) {
    request
        .toWebSocket()
        .onSuccess(socket -> arrivals.add(new Seat(socket, (ConnectionBase) request.connection())));
  }

  public URI uri() {
    return URI.create("ws://127.0.0.1:" + server.actualPort() + "/v1/signal");
  }

  /** The next connection. */
  public Seat next() throws InterruptedException {
    Seat seat = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (seat == null) {
      throw new AssertionError("nobody came");
    }
    return seat;
  }

  boolean hasNoArrivals() {
    return arrivals.isEmpty();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** The service's end of one connection. */
  public static final class Seat {

    private final ServerWebSocket socket;
    private final ConnectionBase connection;
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Short> closed = new LinkedBlockingQueue<>();

    private Seat(ServerWebSocket socket, ConnectionBase connection) {
      this.socket = socket;
      this.connection = connection;
      socket.textMessageHandler(frames::add);
      socket.closeHandler(_ -> closed.add(codeOf(socket)));
    }

    private static short codeOf(ServerWebSocket socket) {
      Short code = socket.closeStatusCode();
      return code == null ? 1006 : code;
    }

    /** The next frame of the client, but acknowledgements. */
    public String next() throws InterruptedException {
      String frame = nextOfAll();
      while (frame.startsWith("{\"type\":\"ack\"")) {
        frame = nextOfAll();
      }
      return frame;
    }

    String nextOfAll() throws InterruptedException {
      String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return frame == null ? "nothing came" : frame;
    }

    List<String> unread() {
      return frames.stream().filter(frame -> !frame.startsWith("{\"type\":\"ack\"")).toList();
    }

    public Seat say(String frame) {
      socket.writeTextMessage(frame.replace('\'', '"'));
      return this;
    }

    /** Reads a hello and answers it with a fresh session. */
    public Seat welcome(String session, String ticket) throws InterruptedException {
      nextOfAll();
      return say(welcomeFrame(session, ticket, false, true, ""));
    }

    /** Reads a hello and answers it with the session of before, in these rooms. */
    Seat resume(String session, String ticket, String rooms) throws InterruptedException {
      nextOfAll();
      return say(welcomeFrame(session, ticket, true, true, rooms));
    }

    public static String welcomeFrame(
        String session, String ticket, boolean resumed, boolean recovered, String rooms) {
      return """
      {"type":"welcome","self":"ada","session":"%s","ticket":"%s","epoch":"e","resumed":%s,\
      "recovered":%s,"rooms":[%s],"heartbeat":25,"features":[]}\
      """
          .formatted(session, ticket, resumed, recovered, rooms);
    }

    Seat ping() {
      socket.writePing(io.vertx.core.buffer.Buffer.buffer("p"));
      return this;
    }

    void close(int code) {
      socket.close((short) code);
    }

    /** Ends the TCP connection without a close frame. */
    public void cut() {
      var _ = connection.channelHandlerContext().close();
    }

    /** The code it was closed with, 1006 if by no close frame. */
    public int closeCode() throws InterruptedException {
      Short code = closed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return code == null ? -1 : code;
    }
  }
}
