package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Ends sockets when the tokens that opened them end: Quarkus checks a token once. */
@ApplicationScoped
class Curfew {

  /**
   * A socket that lives longer than this is checked again then, rather than set a timer for years.
   */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  private final Vertx vertx;

  Curfew(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Calls {@code over} once the caller's token has expired, on any event loop.
   *
   * @return the timer to {@link #lift}; empty if the caller has no token
   */
  Timer impose(Caller caller, Runnable over) {
    Timer timer = new Timer();
    caller.expiresAt().ifPresent(end -> set(timer, end, over));
    return timer;
  }

  private void set(Timer timer, Instant end, Runnable over) {
    long left = Duration.between(Instant.now(), end).toMillis();
    if (left <= 0) {
      over.run();
      return;
    }
    long delay = Math.min(left, LONGEST_TIMER.toMillis());
    timer.id = OptionalLong.of(vertx.setTimer(delay, _ -> set(timer, end, over)));
  }

  /** The socket has ended by itself. */
  void lift(Timer timer) {
    timer.id.ifPresent(vertx::cancelTimer);
  }

  /** The timer that is set for one socket, if one is. */
  static final class Timer {
    private volatile OptionalLong id = OptionalLong.empty();
  }
}
