package dev.switchboard.turn.stun;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what became of each datagram; no label says who sent it. */
@Singleton
class StunOutcomes {

  private final Counter answered;
  private final Counter refused;
  private final Counter failed;
  private final Map<Noise, Counter> ignored = new EnumMap<>(Noise.class);

  StunOutcomes(MeterRegistry registry) {
    answered = counter(registry, "answered", "none");
    refused = counter(registry, "refused", "unknown_attributes");
    failed = counter(registry, "failed", "io");
    for (Noise noise : Noise.values()) {
      ignored.put(noise, counter(registry, "ignored", noise.name().toLowerCase(Locale.ROOT)));
    }
  }

  void count(Reply reply) {
    switch (reply) {
      case Reply.Success _ -> answered.increment();
      case Reply.Refusal _ -> refused.increment();
      case Reply.Silence(Noise because) -> Objects.requireNonNull(ignored.get(because)).increment();
    }
  }

  void countFailure() {
    failed.increment();
  }

  private static Counter counter(MeterRegistry registry, String outcome, String reason) {
    return Counter.builder("switchboard.stun.datagrams")
        .description("Datagrams that came to the STUN responder, by what became of them")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(registry);
  }
}
