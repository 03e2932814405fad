package dev.switchboard.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. Everything but the listener's methods is for the loop alone, and so is its owner.
 */
final class Connection implements WebSocket.Listener {

  /** What a connection tells; never after {@link #abort()}, and nothing after it was lost. */
  interface Owner {
    void opened(Connection connection);

    void heard(Connection connection, String frame);

    void lost(Connection connection, Ending ending);
  }

  private final Loop loop;
  private final Owner owner;
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;
  private CompletableFuture<?> written = CompletableFuture.completedFuture(null);
  private boolean over;
  private volatile long lastHeard = System.nanoTime();

  private Connection(Loop loop, Owner owner) {
    this.loop = loop;
    this.owner = owner;
  }

  static Connection open(Loop loop, URI endpoint, Owner owner) {
    Connection connection = new Connection(loop, owner);
    var _ =
        loop.open(endpoint, connection)
            .whenComplete(
                (socket, failure) -> loop.execute(() -> connection.settle(socket, failure)));
    return connection;
  }

  private void settle(@Nullable WebSocket opened, @Nullable Throwable failure) {
    if (opened != null && over) {
      opened.abort();
    } else if (opened != null) {
      socket = opened;
      owner.opened(this);
    } else {
      lose(Ending.broken(failure));
    }
  }

  /** The moment, in {@link System#nanoTime}, when the other end last gave a sign of life. */
  long lastHeard() {
    return lastHeard;
  }

  /**
   * Sends a frame after those before it; if it cannot, that is seen as the connection being lost.
   */
  void send(String frame) {
    WebSocket to = socket;
    if (to != null && !over) {
      written = written.thenCompose(_ -> to.sendText(frame, true));
    }
  }

  /** Says good-bye in the manner of WebSockets. */
  void close() {
    WebSocket to = socket;
    if (to != null && !over) {
      written = written.thenCompose(_ -> to.sendClose(CloseCodes.NORMAL, ""));
    }
  }

  /** Lets go of the TCP connection without a close frame. */
  void abort() {
    over = true;
    if (socket != null) {
      socket.abort();
    }
  }

  private void lose(Ending ending) {
    if (!over) {
      over = true;
      owner.lost(this, ending);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    lastHeard = System.nanoTime();
    partial.append(data);
    if (!last) {
      from.request(1);
      return null;
    }
    String frame = partial.toString();
    partial.setLength(0);
    loop.execute(() -> {
      if (!over) {
        owner.heard(this, frame);
      }
      // The next one is asked for when this one has been read: a slow reader is slow on the wire.
      from.request(1);
    });
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    lastHeard = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    loop.execute(() -> lose(Ending.of(code, reason)));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    loop.execute(() -> lose(Ending.broken(error)));
  }
}
