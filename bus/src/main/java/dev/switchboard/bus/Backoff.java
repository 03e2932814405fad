package dev.switchboard.bus;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double up to a ceiling, with jitter so that a fleet does not come back in step. */
final class Backoff {

  private final long floor;
  private final long ceiling;
  private long next;

  Backoff(Duration floor, Duration ceiling) {
    this.floor = Math.max(1, floor.toMillis());
    this.ceiling = Math.max(this.floor, ceiling.toMillis());
    this.next = this.floor;
  }

  /** The next wait in milliseconds: between half and the whole of the current step. */
  long next() {
    long step = next;
    next = Math.min(ceiling, step * 2);
    return step - ThreadLocalRandom.current().nextLong(step / 2 + 1);
  }

  /** Begins at the floor again. */
  void reset() {
    next = floor;
  }
}
