package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.switchboard.Outlet;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * What waits for one client to read it. WebSockets Next has no flow control: it would keep whatever
 * a client leaves unread in memory for ever. So what is not yet written is counted, in characters,
 * and a client that lets more than the bound pile up is cut. It alone pays.
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

  /** Queues the answer to a request of the client itself. */
  boolean offer(String frame) {
    int size = frame.length();
    if (waiting.addAndGet(size) > bound) {
      cut();
      return false;
    }
    connection
        .sendText(frame)
        .subscribe()
        .with(_ -> waiting.addAndGet(-size), _ -> waiting.addAndGet(-size));
    return true;
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
