package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.protocol.CloseCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients go before the sockets are gone: by the time of Quarkus' shutdown event they have
 * already been closed with 1000, which tells a client not to come back. Clients whose sessions are
 * kept are asked to move, so that nobody sees them leave; the others have a time to finish.
 *
 * <p>Called on the thread that stops the service, which may wait. Meanwhile the pod is not ready
 * and opens no socket.
 */
@ApplicationScoped
class Farewell {

  private static final Logger LOG = Logger.getLogger(Farewell.class);
  private static final CloseReason RESTART =
      new CloseReason(CloseCode.SERVICE_RESTART.code(), CloseCode.SERVICE_RESTART.reason());
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(50);

  private final OpenConnections connections;
  private final DrainConfig config;
  private volatile boolean begun;

  Farewell(OpenConnections connections, DrainConfig config) {
    this.connections = connections;
    this.config = config;
  }

  /** Whether this pod is about to stop. */
  boolean hasBegun() {
    return begun;
  }

  void sayIt(@Observes ShutdownDelayInitiatedEvent event) {
    begun = true;
    long now = System.nanoTime();
    connections.forEach(connection -> ask(connection));
    await(true, now, config.within());
    close(true);
    await(false, now, config.grace());
    close(false);
  }

  private void ask(WebSocketConnection connection) {
    @Nullable Attachment at = connection.userData().get(Attachment.KEY);
    if (at != null && at.outbox().drain(config.within())) {
      LOG.debugf("%s was asked to move", connection.id());
    }
  }

  private void await(boolean kept, long from, Duration time) {
    while (System.nanoTime() - from < time.toNanos()
        && connections.stream().anyMatch(it -> isKept(it) == kept)) {
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }

  private void close(boolean kept) {
    connections.stream()
        .filter(connection -> isKept(connection) == kept)
        .forEach(connection -> connection.close(RESTART).subscribe().with(_ -> {}, _ -> {}));
  }

  private static boolean isKept(WebSocketConnection connection) {
    @Nullable Attachment at = connection.userData().get(Attachment.KEY);
    return at != null && at.ticket().dialect().keepsSessions();
  }
}
