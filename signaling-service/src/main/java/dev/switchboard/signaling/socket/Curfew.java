package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ends sockets when the tokens that opened them end: Quarkus checks a token once. */
@ApplicationScoped
class Curfew {

  /**
   * A socket that lives longer than this is checked again then, rather than set a timer for years.
   */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  private final Vertx vertx;
  private final Duration warning;

  Curfew(Vertx vertx, SocketConfig config) {
    this.vertx = vertx;
    this.warning = config.tokenWarning();
  }

  /** The socket ends with this caller's token, whatever was said before; never without a token. */
  void impose(Timer timer, Caller caller) {
    synchronized (timer) {
      if (timer.lifted) {
        return;
      }
      timer.end = caller.expiresAt().orElse(null);
      look(timer);
    }
  }

  /** Looks at the clock: for who could not be warned earlier, or now that the time has come. */
  void look(Timer timer) {
    synchronized (timer) {
      cancel(timer);
      @Nullable Instant end = timer.end;
      if (end == null) {
        return;
      }
      Duration left = Duration.between(Instant.now(), end);
      if (!left.isPositive()) {
        timer.end = null;
        timer.over.run();
        return;
      }
      Duration free = left.minus(warning);
      if (!free.isPositive() && !end.equals(timer.warned) && timer.soon.test(left)) {
        timer.warned = end;
      }
      long delay = Math.min((free.isPositive() ? free : left).toMillis(), LONGEST_TIMER.toMillis());
      timer.id = OptionalLong.of(vertx.setTimer(delay + 1, _ -> look(timer)));
    }
  }

  /** The socket has ended by itself. */
  void lift(Timer timer) {
    synchronized (timer) {
      timer.lifted = true;
      timer.end = null;
      cancel(timer);
    }
  }

  private void cancel(Timer timer) {
    timer.id.ifPresent(vertx::cancelTimer);
    timer.id = OptionalLong.empty();
  }

  /** When one socket ends, and what happens then. Guarded by itself. */
  static final class Timer {

    private final Predicate<Duration> soon;
    private final Runnable over;
    private OptionalLong id = OptionalLong.empty();
    private @Nullable Instant end;
    private @Nullable Instant warned;
    private boolean lifted;

    /**
     * @param soon called, on any event loop, with how much is left; false if the client could not
     *     be told
     * @param over called, on any event loop, once the token has expired
     */
    Timer(Predicate<Duration> soon, Runnable over) {
      this.soon = soon;
      this.over = over;
    }
  }
}
