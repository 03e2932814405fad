package dev.switchboard.presence.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What is counted of one webhook. How its queue stands every pod says, and all say the same. */
final class WebhookMetrics {

  /** What became of a try. */
  enum Result {
    DELIVERED,
    /** It is tried again. */
    FAILED,
    /** It failed and is a dead letter. */
    DEAD,
    /** The receiver wants no more. */
    UNWANTED
  }

  private final Map<Result, Counter> tries = new EnumMap<>(Result.class);
  private final Timer latency;
  private volatile int queued;
  private volatile int dead;
  private volatile boolean disabled;

  WebhookMetrics(MeterRegistry metrics, String webhook) {
    for (Result result : Result.values()) {
      tries.put(
          result,
          Counter.builder("switchboard.webhook.deliveries")
              .description("Tries to deliver an event, by what became of them")
              .tag("webhook", webhook)
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(metrics));
    }
    this.latency =
        Timer.builder("switchboard.webhook.latency")
            .description(
                "From a change until the receiver had it, by the clocks of Redis and this pod")
            .tag("webhook", webhook)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(metrics);
    Gauge.builder("switchboard.webhook.queue", this, it -> it.queued)
        .description("Events that wait, of all pods together")
        .tag("webhook", webhook)
        .register(metrics);
    Gauge.builder("switchboard.webhook.dead.letters", this, it -> it.dead)
        .description("Events that were given up and are kept")
        .tag("webhook", webhook)
        .register(metrics);
    Gauge.builder("switchboard.webhook.disabled", this, it -> it.disabled ? 1 : 0)
        .description("1 while nothing is delivered because the receiver wants no more")
        .tag("webhook", webhook)
        .register(metrics);
  }

  void tried(Result result) {
    Objects.requireNonNull(tries.get(result)).increment();
  }

  void delivered(Letter letter) {
    tried(Result.DELIVERED);
    letter
        .at()
        .map(at -> Duration.between(at, Instant.now()))
        .filter(Duration::isPositive)
        .ifPresent(latency::record);
  }

  void stands(Spool.Taken taken) {
    queued = taken.queued();
    dead = taken.dead();
    disabled = taken.disabled();
  }
}
