package dev.switchboard.client.history;

import java.time.Duration;

/**
 * A time without a connection.
 *
 * @param back {@link Long#MAX_VALUE} if it never came back
 */
record Absence(long lost, long back) {

  boolean isOver() {
    return back != Long.MAX_VALUE;
  }

  Duration length() {
    return isOver() ? Duration.ofNanos(back - lost) : Duration.ofDays(1);
  }

  boolean isLongerThan(Duration bound) {
    return length().compareTo(bound) > 0;
  }

  boolean touches(long from, long to) {
    return lost <= to && back >= from;
  }
}
