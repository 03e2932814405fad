package dev.switchboard.turn.quota;

import dev.switchboard.bus.Outage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Redis's buckets while Redis answers, and the pod's own while it does not: during an outage a
 * limit holds in each pod alone, and nobody is refused because nobody counts. After a failure Redis
 * is left alone for a second, so that callers do not all wait for it.
 */
final class SharedBuckets implements Buckets {

  private static final Logger LOG = Logger.getLogger(SharedBuckets.class);
  private static final Duration REST = Duration.ofSeconds(1);

  private final Buckets redis;
  private final Buckets pod;
  private final Duration patience;
  private final Counter alone;
  private final Outage outage = new Outage(LOG, "counting quotas in Redis");
  private volatile long restsUntil = System.nanoTime();

  SharedBuckets(Buckets redis, Buckets pod, Duration patience, MeterRegistry metrics) {
    this.redis = redis;
    this.pod = pod;
    this.patience = patience;
    this.alone =
        Counter.builder("switchboard.quota.alone")
            .description("Requests that this pod counted alone because Redis was gone")
            .register(metrics);
  }

  @Override
  public Uni<Verdict> take(String key, Policy policy) {
    if (System.nanoTime() - restsUntil < 0) {
      return takeAlone(key, policy);
    }
    return redis
        .take(key, policy)
        .ifNoItem()
        .after(patience)
        .fail()
        .onItem()
        .invoke(outage::ended)
        .onFailure()
        .invoke(failure -> {
          restsUntil = System.nanoTime() + REST.toNanos();
          outage.began(failure);
        })
        .onFailure()
        .recoverWithUni(() -> takeAlone(key, policy));
  }

  private Uni<Verdict> takeAlone(String key, Policy policy) {
    alone.increment();
    return pod.take(key, policy);
  }
}
