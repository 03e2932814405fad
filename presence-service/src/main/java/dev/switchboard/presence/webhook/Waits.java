package dev.switchboard.presence.webhook;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before what failed is tried again: twice as long each time, with jitter, so that
 * what failed at once does not come back at once.
 */
record Waits(Duration floor, Duration ceiling) {

  private static final int MOST_DOUBLINGS = 30;

  /** Between half and the whole of the step after so many earlier failures. */
  Duration after(int failures) {
    long doubled = floor.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    long step = Math.max(1, Math.min(ceiling.toMillis(), doubled));
    return Duration.ofMillis(step - ThreadLocalRandom.current().nextLong(step / 2 + 1));
  }
}
