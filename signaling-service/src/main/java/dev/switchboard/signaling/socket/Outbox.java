package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.switchboard.Outlet;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicLong;
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
  private final AtomicLong waiting = new AtomicLong();

  Outbox(WebSocketConnection connection, HttpConnection wire, Codec codec, long bound) {
    this.connection = connection;
    this.wire = wire;
    this.codec = codec;
    this.bound = bound;
  }

  @Override
  public boolean offer(SessionId self, Event event) {
    return !connection.isClosed() && offer(codec.encode(self, event));
  }

  /** Queues a frame. */
  boolean offer(Frame frame) {
    int size = frame.length();
    if (waiting.addAndGet(size) > bound) {
      cut();
      return false;
    }
    send(frame).subscribe().with(_ -> waiting.addAndGet(-size), _ -> waiting.addAndGet(-size));
    return true;
  }

  private Uni<Void> send(Frame frame) {
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
   * reason, so the client sees 1006; {@link CloseCode#SLOW_CONSUMER} is what the log says.
   */
  private void cut() {
    LOG.debugf("%s cut: %s", connection.id(), CloseCode.SLOW_CONSUMER.reason());
    var _ = ((ConnectionBase) wire).channel().close();
  }
}
