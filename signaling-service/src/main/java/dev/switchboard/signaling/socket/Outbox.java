package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.switchboard.Outlet;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What waits for one client to read it. WebSockets Next has no flow control: it would keep whatever
 * a client leaves unread in memory for ever. So what is not yet written is counted, in characters
 * or bytes, and a client that lets more than the bound pile up is cut. It alone pays.
 */
final class Outbox implements Outlet {

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  private final WebSocketConnection connection;
  private final HttpConnection wire;
  private final Codec codec;
  private final long bound;
  private final Traffic traffic;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean cut;

  Outbox(
      WebSocketConnection connection,
      HttpConnection wire,
      Codec codec,
      long bound,
      Traffic traffic) {
    this.connection = connection;
    this.wire = wire;
    this.codec = codec;
    this.bound = bound;
    this.traffic = traffic;
  }

  @Override
  public boolean offer(SessionId self, Event event) {
    return offer(() -> codec.encode(self, event));
  }

  @Override
  public boolean offer(SessionId self, long number, Event event) {
    return offer(() -> codec.encode(self, number, event));
  }

  private boolean offer(Supplier<Frame> frame) {
    if (connection.isClosed()) {
      return false;
    }
    boolean fits;
    synchronized (this) {
      fits = send(frame.get());
    }
    return fits || cut();
  }

  @Override
  public boolean wasCut() {
    return cut;
  }

  /** Queues what tells the client what became of its command. */
  void answer(SessionId self, Optional<String> id, Outcome outcome) {
    boolean fit = true;
    synchronized (this) {
      for (Frame frame : codec.answer(self, id, outcome)) {
        fit = fit && send(frame);
      }
    }
    if (!fit) {
      var _ = cut();
    }
  }

  /** Queues what tells the client that its token ends soon; false if it could not be told. */
  boolean warn(Duration left) {
    return sayIfKnown(() -> codec.expiring(left));
  }

  /** Queues what asks the client to go elsewhere; false if it could not be asked. */
  boolean drain(Duration within) {
    return sayIfKnown(() -> codec.draining(within));
  }

  private boolean sayIfKnown(Supplier<Optional<Frame>> frame) {
    Optional<Boolean> fits;
    synchronized (this) {
      fits = frame.get().map(this::send);
    }
    return fits.isPresent() && (fits.get() || cut());
  }

  /** A codec may number its frames: this is called where they cannot overtake each other. */
  private boolean send(Frame frame) {
    int size = frame.length();
    if (waiting.addAndGet(size) > bound) {
      return false;
    }
    traffic.waits(size);
    write(frame).subscribe().with(_ -> taken(size), _ -> taken(size));
    return true;
  }

  private void taken(int size) {
    waiting.addAndGet(-size);
    traffic.taken(size);
  }

  private Uni<Void> write(Frame frame) {
    return switch (frame) {
      case Frame.Text(String text) -> connection.sendText(text);
      case Frame.Binary(byte[] bytes) -> connection.sendBinary(bytes);
    };
  }

  @Override
  public void close(CloseCode code) {
    closing(connection, code).subscribe().with(_ -> {}, _ -> {});
  }

  /** Closes a socket, unless it is closed. */
  static Uni<Void> closing(WebSocketConnection connection, CloseCode code) {
    LOG.debugf("%s closed with %d: %s", connection.id(), code.code(), code.reason());
    return connection.isClosed()
        ? Uni.createFrom().voidItem()
        : connection.close(new CloseReason(code.code(), code.reason()));
  }

  /**
   * Ends the TCP connection at once. A close frame would wait behind the very backlog that is the
   * reason, so the client sees 1006; {@link CloseCode#SLOW_CONSUMER} is what the log says. Called
   * outside the lock, because whoever hears of the end takes locks of its own.
   *
   * @return false, for what did not fit
   */
  private boolean cut() {
    LOG.debugf("%s cut: %s", connection.id(), CloseCode.SLOW_CONSUMER.reason());
    traffic.cut();
    cut = true;
    var _ = ((ConnectionBase) wire).channel().close();
    return false;
  }
}
