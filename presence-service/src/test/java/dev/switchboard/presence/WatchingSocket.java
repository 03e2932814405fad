package dev.switchboard.presence;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket that keeps what it is told, and at last how it was closed. */
final class WatchingSocket implements AutoCloseable, WebSocket.Listener {

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  private WatchingSocket(URI uri) {
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(uri.toString().replaceFirst("http", "ws")), this)
            .join();
  }

  static WatchingSocket to(URI uri) {
    return new WatchingSocket(uri);
  }

  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  String next() throws InterruptedException {
    @Nullable String next = told.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told");
    }
    return next;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      told.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    told.add("closed " + code);
    return null;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
