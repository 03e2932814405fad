package dev.switchboard.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Frames that may wait for the loop; past it the connection is dropped, and may be resumed. */
  private static final int MOST_UNREAD = 10_000;

  private final Loop loop;
  private final Owner owner;
  private final AtomicInteger unread = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;
  private CompletableFuture<?> written = CompletableFuture.completedFuture(null);
  private boolean over;
  private volatile long lastHeard = System.nanoTime();

  private Connection(Loop loop, Owner owner) {
    this.loop = loop;
    this.owner = owner;
  }

  static Connection open(Loop loop, URI endpoint, Duration within, Owner owner) {
    Connection connection = new Connection(loop, owner);
    var _ =
        loop.open(endpoint, within, connection)
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

  /**
   * Asks for all there will be: the JDK's WebSocket does not always notice that a connection has
   * ended while nothing is asked for.
   */
  @Override
  public void onOpen(WebSocket from) {
    from.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    lastHeard = System.nanoTime();
    partial.append(data);
    if (last) {
      String frame = partial.toString();
      partial.setLength(0);
      take(from, frame);
    }
    return null;
  }

  private void take(WebSocket from, String frame) {
    if (unread.incrementAndGet() > MOST_UNREAD) {
      from.abort();
      loop.execute(() -> lose(Ending.of(CloseCodes.BROKEN, "too much is unread")));
      return;
    }
    loop.execute(() -> {
      unread.decrementAndGet();
      if (!over) {
        owner.heard(this, frame);
      }
    });
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    lastHeard = System.nanoTime();
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
