package dev.switchboard.client.history;

import java.time.Duration;

/**
 * What the service was told to keep.
 *
 * @param window for so long a session that is detached can be resumed
 * @param leaveAfter for so long a session that is detached stays in its rooms
 * @param leftWithin so soon others are told of one that went for good
 * @param slack what clocks, networks and busy machines may add; within it of a bound both is right
 */
public record Bounds(Duration window, Duration leaveAfter, Duration leftWithin, Duration slack) {

  /** As the service comes. */
  public static Bounds defaults() {
    return new Bounds(
        Duration.ofSeconds(60),
        Duration.ofSeconds(8),
        Duration.ofSeconds(15),
        Duration.ofSeconds(2));
  }

  /** So soon after a receiver was lost its senders are told what it has not read. */
  public Duration toldWithin() {
    // A pod that died is missed after its lease and a sweep, which the other bound has in it.
    return window.plus(leftWithin).minus(leaveAfter).plus(slack);
  }

  public Bounds withWindow(Duration resumable) {
    return new Bounds(resumable, leaveAfter, leftWithin, slack);
  }
}
