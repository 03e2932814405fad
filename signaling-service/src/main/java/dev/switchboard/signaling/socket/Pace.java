package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Refusal;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How fast one client may send. Of two token buckets a frame takes from the first; one that finds
 * it empty is refused and takes from the second; one that finds both empty closes the socket. So a
 * client that is a little too fast is told so for as long as it likes, and one that sends more than
 * twice what it may is closed when it has not listened for a burst.
 *
 * <p>Each idle connection holds one of these. A bucket is one number here, when it will be full
 * again (the generic cell rate algorithm of ITU-T I.371): 32 bytes for both, where each bucket of
 * bucket4j takes 230. Frames of one connection come one after the other, so nothing is locked.
 */
final class Pace {

  private final Limit limit;
  private long full;
  private long refusalsFull;

  Pace(Limit limit, long now) {
    this.limit = limit;
    this.full = now;
    this.refusalsFull = now;
  }

  /** The pace of a connection that opens now. */
  static Pace of(Limit limit) {
    return new Pace(limit, System.nanoTime());
  }

  /**
   * What to do about a frame: what it says, or a refusal under the same id.
   *
   * @param connection is closed if its client has not listened for too long
   */
  Decoded admit(Decoded frame, WebSocketConnection connection) {
    return switch (judge(System.nanoTime())) {
      case IN_TIME -> frame;
      case TOO_FAST -> refused(frame);
      case FAR_TOO_FAST -> {
        CloseCode code = CloseCode.TOO_FAST;
        connection
            .close(new CloseReason(code.code(), code.reason()))
            .subscribe()
            .with(_ -> {}, _ -> {});
        yield refused(frame);
      }
    };
  }

  private static Decoded refused(Decoded frame) {
    return new Decoded.NotUnderstood(Refusal.of(Refusal.Reason.RATE_LIMITED), id(frame));
  }

  private static Optional<String> id(Decoded frame) {
    return switch (frame) {
      case Decoded.Understood understood -> understood.id();
      case Decoded.NotUnderstood notUnderstood -> notUnderstood.id();
      case Decoded.Presented presented -> presented.id();
      case Decoded.Idle _, Decoded.NotSpoken _ -> Optional.empty();
    };
  }

  /** Takes what a frame takes that comes at {@code now}, in nanoseconds. */
  Verdict judge(long now) {
    if (limit.hasOne(full, now)) {
      full = limit.take(full, now);
      return Verdict.IN_TIME;
    }
    if (limit.hasOne(refusalsFull, now)) {
      refusalsFull = limit.take(refusalsFull, now);
      return Verdict.TOO_FAST;
    }
    return Verdict.FAR_TOO_FAST;
  }

  /** What a frame is in the light of those before it. */
  enum Verdict {
    IN_TIME,
    TOO_FAST,
    FAR_TOO_FAST
  }

  /**
   * What all connections have in common.
   *
   * @param interval nanoseconds until a bucket has one token more; 0 where there is no limit
   * @param depth nanoseconds until an empty bucket is full
   */
  record Limit(long interval, long depth) {

    static Limit of(SocketConfig config) {
      int rate = config.messagesPerSecond();
      long interval = rate > 0 ? TimeUnit.SECONDS.toNanos(1) / rate : 0;
      return new Limit(interval, interval * Math.max(1, config.messagesBurst()));
    }

    private boolean hasOne(long full, long now) {
      return take(full, now) - now <= depth;
    }

    /** When a bucket will be full that would have been at {@code full}, less one token. */
    private long take(long full, long now) {
      return Math.max(full - now, 0) + now + interval;
    }
  }
}
