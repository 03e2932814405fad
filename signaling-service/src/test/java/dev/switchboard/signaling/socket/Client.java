package dev.switchboard.signaling.socket;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser without a screen: it sends frames and keeps those it was sent, in order. */
public final class Client implements WebSocket.Listener, AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> pongs = new LinkedBlockingQueue<>();
  private final Semaphore pings = new Semaphore(0);
  private final StringBuilder partial = new StringBuilder();
  private final ByteArrayOutputStream partialBytes = new ByteArrayOutputStream();
  private final WebSocket socket;

  private Client(URI uri, List<String> subprotocols, Optional<String> token)
      throws InterruptedException, ExecutionException {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(
          subprotocols.getFirst(),
          subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
    }
    this.socket = builder.buildAsync(uri, this).get();
  }

  public static Client connect(URI uri) {
    return connect(uri, List.of(), Optional.empty());
  }

  public static Client connect(URI uri, List<String> subprotocols, Optional<String> token) {
    try {
      return new Client(uri, subprotocols, token);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** Sends what the server may cut short. */
  void sendAnyway(String frame) {
    socket.sendText(frame, true).exceptionally(_ -> socket).join();
  }

  void send(byte[] frame) {
    socket.sendBinary(ByteBuffer.wrap(frame), true).join();
  }

  /**
   * The next frame, a binary one as {@link #hex}, or a sentence that cannot be one if none comes.
   */
  public String next() throws InterruptedException {
    String frame = inbox.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return frame == null ? "nothing came" : frame;
  }

  /** The code it was closed with, or -1 if it was not. */
  int closeCode() throws InterruptedException {
    Integer code = closed.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return code == null ? -1 : code;
  }

  /** What has come and was not read yet. */
  List<String> unread() {
    return List.copyOf(inbox);
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Waits until the server has answered a ping: what it was sent before has been handled. */
  void settle() throws InterruptedException {
    if (socket.isOutputClosed() || socket.isInputClosed()) {
      return;
    }
    socket.sendPing(ByteBuffer.allocate(0)).join();
    pongs.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until the server has pinged so many times; each is answered by itself. */
  void awaitPings(int many) throws InterruptedException {
    pings.tryAcquire(many, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets go of the TCP connection without a close frame, as a dead tab does. */
  public void drop() {
    socket.abort();
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      // The server may be closing at the same time.
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket).join();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      inbox.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    partialBytes.writeBytes(bytes);
    if (last) {
      inbox.add(hex(partialBytes.toByteArray()));
      partialBytes.reset();
    }
    webSocket.request(1);
    return null;
  }

  /** How binary frames are told from text. */
  static String hex(byte[] frame) {
    return "0x" + HexFormat.of().formatHex(frame);
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    pings.release();
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    pongs.add(true);
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.add(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.add(1006);
  }
}
