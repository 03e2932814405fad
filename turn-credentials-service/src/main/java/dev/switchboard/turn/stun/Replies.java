package dev.switchboard.turn.stun;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One counter for every reply there is, and one for failures. */
final class Replies {

  private final Counter answered;
  private final Counter elsewhere;
  private final Counter refused;
  private final Counter rejected;
  private final Counter failed;
  private final Map<Noise, Counter> ignored = new EnumMap<>(Noise.class);

  Replies(MeterRegistry registry, String name, String description) {
    Meter.MeterProvider<Counter> counters =
        Counter.builder(name).description(description).withRegistry(registry);
    answered = counter(counters, "answered", "none");
    elsewhere = counter(counters, "answered", "elsewhere");
    refused = counter(counters, "refused", "unknown_attributes");
    rejected = counter(counters, "refused", "bad_request");
    failed = counter(counters, "failed", "io");
    for (Noise noise : Noise.values()) {
      ignored.put(noise, counter(counters, "ignored", noise.name().toLowerCase(Locale.ROOT)));
    }
  }

  void count(Reply reply) {
    switch (reply) {
      case Answer.SUCCESS -> answered.increment();
      case Answer.REFUSAL -> refused.increment();
      case Answer.REJECTION -> rejected.increment();
      case Detour _ -> elsewhere.increment();
      case Noise noise -> Objects.requireNonNull(ignored.get(noise)).increment();
    }
  }

  void countFailure() {
    failed.increment();
  }

  private static Counter counter(
      Meter.MeterProvider<Counter> counters, String outcome, String reason) {
    return counters.withTags("outcome", outcome, "reason", reason);
  }
}
