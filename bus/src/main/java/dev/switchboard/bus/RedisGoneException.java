package dev.switchboard.bus;

import org.jspecify.annotations.Nullable;

/**
 * Redis did not do what it was asked: it is down, too slow, or refused. Whether it did a part of it
 * is unknown. It carries no stack trace: it says something about Redis, not about the code.
 */
public final class RedisGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RedisGoneException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }

  /** Wraps what the Redis client failed with. */
  static Throwable of(Throwable failure) {
    return failure instanceof RedisGoneException
        ? failure
        : new RedisGoneException("Redis: " + failure.getMessage(), failure);
  }
}
