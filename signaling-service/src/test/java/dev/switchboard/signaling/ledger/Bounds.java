package dev.switchboard.signaling.ledger;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** Bounds that a test changes; times are so long, or so short, that no clock is waited for. */
final class Bounds implements LedgerConfig {

  private static final Duration LONG = Duration.ofHours(1);

  Duration leaveAfter = LONG;
  Duration resumeWithin = LONG;
  Duration barWithin = LONG;
  int backlog = 8;
  long backlogSize = 1_000_000;

  /** From now on who has no socket leaves its rooms at once. */
  void leaveAtOnce() {
    leaveAfter = Duration.ZERO;
  }

  /** From now on who has no socket is gone at once. */
  void forgetAtOnce() {
    leaveAfter = Duration.ZERO;
    resumeWithin = Duration.ZERO;
  }

  @Override
  public Duration leaveAfter() {
    return leaveAfter;
  }

  @Override
  public Duration resumeWithin() {
    return resumeWithin;
  }

  @Override
  public Duration barWithin() {
    return barWithin;
  }

  @Override
  public int backlog() {
    return backlog;
  }

  @Override
  public MemorySize backlogSize() {
    return new MemorySize(BigInteger.valueOf(backlogSize));
  }
}
