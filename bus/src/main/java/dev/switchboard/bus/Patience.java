package dev.switchboard.bus;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * How long to wait for an answer of Redis.
 *
 * @param timeout after this long Redis counts as gone
 */
public record Patience(Duration timeout) {

  /**
   * The same answer, except that it fails with {@link RedisGoneException} if it fails at all or
   * takes too long. Never blocks.
   */
  public <T> Uni<T> with(Uni<T> answer) {
    return answer
        .ifNoItem()
        .after(timeout)
        .failWith(() -> new RedisGoneException("Redis did not answer in time", null))
        .onFailure()
        .transform(RedisGoneException::of);
  }
}
