package dev.switchboard.bus;

import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Redis did not do what it was asked: it is down, too slow, or refused. Whether it did a part of it
 * is unknown, unless {@link #isNotDone}. It carries no stack trace: it says something about Redis,
 * not about the code.
 */
public final class RedisGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean notDone;

  public RedisGoneException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private RedisGoneException(String message, @Nullable Throwable cause, boolean notDone) {
    super(message, cause, false, false);
    this.notDone = notDone;
  }

  /** Redis was not asked, or has refused: nothing was done. */
  public static RedisGoneException notDone(String message) {
    return new RedisGoneException(message, null, true);
  }

  /** Whether nothing was done for certain. Otherwise it may have been, or may still be. */
  public boolean isNotDone() {
    return notDone;
  }

  /** Wraps what the Redis client failed with. */
  static Throwable of(Throwable failure) {
    return failure instanceof RedisGoneException
        ? failure
        : new RedisGoneException("Redis: " + failure.getMessage(), failure, isUnconnected(failure));
  }

  /** Who found no connection has sent nothing. */
  private static boolean isUnconnected(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }
}
