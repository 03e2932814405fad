package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.protocol.SessionId;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives clients time to come back to their sessions. Whoever comes back and goes again has all of
 * that time again. Bounded by the sockets that close within one such time.
 */
@ApplicationScoped
class Grace {

  private final Vertx vertx;
  private final ConcurrentMap<SessionId, Long> timers = new ConcurrentHashMap<>();

  Grace(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Calls {@code over} after {@code time}, on any event loop, unless the client comes back or this
   * is called for it again.
   */
  void give(SessionId session, Duration time, Runnable over) {
    timers.compute(
        session,
        (_, before) -> {
          cancel(before);
          return vertx.setTimer(
              time.toMillis(),
              timer -> {
                if (timers.remove(session, timer)) {
                  over.run();
                }
              });
        });
  }

  /** The client is back, or was never here. */
  void end(SessionId session) {
    cancel(timers.remove(session));
  }

  private void cancel(@Nullable Long timer) {
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
