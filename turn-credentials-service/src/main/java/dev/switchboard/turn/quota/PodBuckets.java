package dev.switchboard.turn.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The buckets of this pod alone. Beyond {@value #MOST} of them those least used are forgotten,
 * which is a full bucket to whoever they belong to: the pod's memory is what is kept safe.
 */
final class PodBuckets implements Buckets {

  static final int MOST = 100_000;

  private final Cache<String, Long> fullAt =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(1, TimeUnit.DAYS).build();
  private final LongSupplier nanoTime;

  PodBuckets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Uni<Verdict> take(String key, Policy policy) {
    return Uni.createFrom().item(takeNow(key, policy));
  }

  Verdict takeNow(String key, Policy policy) {
    long now = nanoTime.getAsLong();
    long window = policy.window().toNanos();
    long interval = window / policy.limit();
    // Set within the computation, which is atomic for the key.
    long[] debt = new long[1];
    fullAt
        .asMap()
        .compute(
            key,
            (_, old) -> {
              debt[0] = (old == null ? 0 : Math.max(0, old - now)) + interval;
              return debt[0] > window ? old : Long.valueOf(now + debt[0]);
            });
    long room = window - debt[0];
    return room < 0
        ? new Verdict(policy, false, 0, Duration.ofNanos(-room))
        : new Verdict(policy, true, room / interval, Duration.ofNanos(debt[0]));
  }
}
