package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.protocol.CloseCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Says goodbye before the sockets are gone: by the time of Quarkus' shutdown event they have
 * already been closed with 1000, which tells a client not to come back.
 */
@ApplicationScoped
class Farewell {

  private final OpenConnections connections;

  Farewell(OpenConnections connections) {
    this.connections = connections;
  }

  void sayIt(@Observes ShutdownDelayInitiatedEvent event) {
    CloseReason restart =
        new CloseReason(CloseCode.SERVICE_RESTART.code(), CloseCode.SERVICE_RESTART.reason());
    connections.forEach(connection -> connection.close(restart).subscribe().with(_ -> {}, _ -> {}));
  }
}
