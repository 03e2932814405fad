package dev.switchboard.turn.quota;

import dev.switchboard.identity.Problem;
import dev.switchboard.turn.shared.SharedConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts what is asked for, and says when it is too much. Every answer that a quota applies to has
 * the fields of draft-ietf-httpapi-ratelimit-headers-10; a refusal has Retry-After too. Never
 * blocks; any thread.
 */
@Startup
@ApplicationScoped
public class Quotas {

  private static final String POLICY = "RateLimit-Policy";
  private static final String LIMIT = "RateLimit";

  private final Optional<Policy> caller;
  private final Optional<Policy> address;
  private final Optional<Policy> backend;
  private final Buckets buckets;
  private final MeterRegistry metrics;

  Quotas(
      QuotaConfig config,
      SharedConfig shared,
      ReactiveRedisDataSource redis,
      MeterRegistry metrics) {
    this.caller = Policy.of("caller", config.caller());
    this.address = Policy.of("address", config.address());
    this.backend = Policy.of("backend", config.backend());
    this.metrics = metrics;
    Buckets pod = new PodBuckets(System::nanoTime);
    this.buckets =
        shared.enabled()
            ? new SharedBuckets(new RedisBuckets(redis), pod, config.patience(), metrics)
            : pod;
  }

  /** Whether there are none at all, so that nobody need ask. */
  public boolean areOff() {
    return caller.isEmpty() && address.isEmpty() && backend.isEmpty();
  }

  /**
   * Counts one request.
   *
   * @param from the address it came from
   * @param answer the headers of the answer, to which the fields are added
   * @return the problem, if it is one too many; it is counted by each quota nevertheless, save by
   *     the one that is exhausted
   */
  public Uni<Optional<Problem>> take(Account account, String from, MultiMap answer) {
    List<Uni<Verdict>> asked = new ArrayList<>();
    switch (account) {
      case Account.Peer peer -> {
        caller.ifPresent(policy -> asked.add(buckets.take(BucketKeys.of(peer), policy)));
        address.ifPresent(policy -> asked.add(buckets.take(BucketKeys.ofAddress(from), policy)));
      }
      case Account.Anonymous() ->
          address.ifPresent(policy -> asked.add(buckets.take(BucketKeys.ofAddress(from), policy)));
      case Account.Key key ->
          backend.ifPresent(policy -> asked.add(buckets.take(BucketKeys.of(key), policy)));
    }
    if (asked.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return Uni.join().all(asked).andFailFast().map(verdicts -> judge(verdicts, answer));
  }

  private Optional<Problem> judge(List<Verdict> verdicts, MultiMap answer) {
    answer.set(POLICY, fields(verdicts.stream().map(verdict -> verdict.policy().field()).toList()));
    answer.set(LIMIT, fields(verdicts.stream().map(Verdict::field).toList()));
    Optional<Verdict> longest =
        verdicts.stream()
            .filter(verdict -> !verdict.allowed())
            .max(Comparator.comparing(Verdict::reset));
    longest.ifPresent(verdict -> {
      answer.set(HttpHeaders.RETRY_AFTER, Long.toString(verdict.resetSeconds()));
      metrics.counter("switchboard.quota.refused", "quota", verdict.policy().name()).increment();
    });
    return longest.map(verdict ->
        Problem.of(
            Response.Status.TOO_MANY_REQUESTS,
            "Too many requests: come back in " + verdict.resetSeconds() + " s."));
  }

  private static String fields(List<String> members) {
    return members.stream().collect(Collectors.joining(", "));
  }
}
