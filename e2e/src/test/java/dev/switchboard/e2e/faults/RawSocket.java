package dev.switchboard.e2e.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A socket whose frames a test says by hand. */
final class RawSocket implements WebSocket.Listener, AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private RawSocket(URI uri) {
    this.socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static RawSocket open(URI uri) {
    return new RawSocket(uri);
  }

  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** The next frame, or words that are none. */
  String next() throws InterruptedException {
    String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return frame == null ? "nothing came" : frame;
  }

  int closeCode() throws InterruptedException, ExecutionException, TimeoutException {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** A string in a frame, by its key. */
  static String text(String frame, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(frame);
    return matcher.find() ? matcher.group(1) : "none in " + frame;
  }

  @Override
  public void onOpen(WebSocket from) {
    from.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
