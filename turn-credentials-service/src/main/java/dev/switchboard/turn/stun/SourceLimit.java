package dev.switchboard.turn.stun;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many answers one source may have: a token bucket for each of a fixed number of places, and a
 * {@link SourcePrefix} hashed to one of them. There is no state a source, so ten million forged
 * ones take as much memory as one: {@value #PLACES} longs.
 *
 * <p>Two sources that meet in one place share its bucket; which ones meet is salted, so that nobody
 * can choose whom to meet.
 *
 * <p>Thread-safe and without locks.
 */
final class SourceLimit {

  static final int PLACES = 1 << 16;

  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * When each bucket is full again, in nanoseconds since the start; that one number says how many
   * tokens are in it now (the generic cell rate algorithm, ITU-T I.371).
   */
  private final AtomicLongArray fullAt;

  private final long nanosAToken;
  private final long nanosABurst;
  private final long salt;

  private SourceLimit(AtomicLongArray fullAt, long nanosAToken, long nanosABurst, long salt) {
    this.fullAt = fullAt;
    this.nanosAToken = nanosAToken;
    this.nanosABurst = nanosABurst;
    this.salt = salt;
  }

  /**
   * A limit with full buckets.
   *
   * @param rate answers a second in the long run, 1 to 1 000 000 000
   * @param burst answers at once after a pause, at least 1
   * @param salt decides which sources share a place
   */
  static SourceLimit of(int rate, int burst, long salt) {
    long nanosAToken = NANOS_A_SECOND / rate;
    return new SourceLimit(new AtomicLongArray(PLACES), nanosAToken, nanosAToken * burst, salt);
  }

  /**
   * Takes a token of the source's bucket, if there is one.
   *
   * @param nanos the time since the start of this limit; never negative
   */
  boolean admits(InetAddress source, long nanos) {
    int place = place(source);
    while (true) {
      long full = fullAt.get(place);
      long then = Math.max(full, nanos) + nanosAToken;
      if (then - nanos > nanosABurst) {
        return false;
      }
      if (fullAt.compareAndSet(place, full, then)) {
        return true;
      }
    }
  }

  private int place(InetAddress source) {
    // The finish of SplitMix64: each bit of the prefix and of the salt moves every bit of the hash.
    long hash = (SourcePrefix.of(source) ^ salt) * GOLDEN;
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return (int) ((hash ^ (hash >>> 31)) & (PLACES - 1));
  }
}
