package dev.switchboard.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double up to a ceiling; half of each is random, so that a thousand do not return at
 * once.
 */
final class Backoff {

  private final long floor;
  private final long ceiling;
  private final RandomGenerator random;
  private long step;

  Backoff(Duration floor, Duration ceiling, RandomGenerator random) {
    this.floor = Math.max(1, floor.toMillis());
    this.ceiling = Math.max(this.floor, ceiling.toMillis());
    this.random = random;
    this.step = this.floor;
  }

  Duration next() {
    long now = step;
    step = Math.min(ceiling, now * 2);
    return Duration.ofMillis(now - random.nextLong(now / 2 + 1));
  }

  void reset() {
    step = floor;
  }
}
