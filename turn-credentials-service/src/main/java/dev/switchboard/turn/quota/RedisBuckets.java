package dev.switchboard.turn.quota;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * The buckets of all pods: one string a bucket, which expires when the bucket is full. Taking is
 * one script on one key, by Redis's own clock. Fails if Redis is gone.
 */
final class RedisBuckets implements Buckets {

  /** Times are milliseconds; an interval may be a fraction of one, so what is kept has decimals. */
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + time[2] / 1000
      local window = tonumber(ARGV[1])
      local interval = window / ARGV[2]
      local debt = math.max(0, (tonumber(redis.call('GET', KEYS[1])) or 0) - now) + interval
      if debt > window + 0.001 then
        return {0, 0, math.ceil(debt - window)}
      end
      redis.call('SET', KEYS[1], string.format('%.3f', now + debt), 'PX', math.ceil(debt))
      return {1, math.floor((window - debt) / interval + 0.001), math.ceil(debt)}
      """;

  private final ReactiveRedisDataSource redis;

  RedisBuckets(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  @Override
  public Uni<Verdict> take(String key, Policy policy) {
    return redis
        .execute(
            "EVAL",
            TAKE,
            "1",
            key,
            Long.toString(policy.window().toMillis()),
            Integer.toString(policy.limit()))
        .map(answer ->
            new Verdict(
                policy,
                answer.get(0).toInteger() == 1,
                answer.get(1).toLong(),
                Duration.ofMillis(answer.get(2).toLong())));
  }
}
