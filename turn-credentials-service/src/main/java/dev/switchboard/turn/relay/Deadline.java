package dev.switchboard.turn.relay;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** Until when something may take, by the clock that is never set. */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** This one, or a nearer one. */
  Deadline within(Duration duration) {
    Deadline other = in(duration);
    return other.nanos - nanos < 0 ? other : this;
  }

  /**
   * What is left, at least 1, as a socket's time-out takes it.
   *
   * @throws SocketTimeoutException if nothing is
   */
  int millisLeft() throws SocketTimeoutException {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(Integer.MAX_VALUE, Duration.ofNanos(left).toMillis() + 1);
  }
}
