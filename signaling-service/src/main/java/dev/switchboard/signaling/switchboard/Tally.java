package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what the switchboard does. No label holds a peer's name. */
@Startup
@Singleton
class Tally {

  private final MeterRegistry registry;
  private final Counter missed;
  private final Map<Refusal.Reason, Counter> refusals = new EnumMap<>(Refusal.Reason.class);
  private final ConcurrentMap<Relayed, Counter> relayed = new ConcurrentHashMap<>();

  /** Bounded by the dialects there are. */
  private final ConcurrentMap<String, Timer> answers = new ConcurrentHashMap<>();

  Tally(MeterRegistry registry) {
    this.registry = registry;
    this.missed =
        Counter.builder("switchboard.inbox.missed")
            .description("Gaps in what other nodes told, made good from inboxes")
            .register(registry);
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refusals.put(
          reason,
          Counter.builder("switchboard.refusals")
              .description("Commands that were refused")
              .tag("code", reason.code())
              .register(registry));
    }
  }

  void refused(Refusal.Reason reason) {
    Counter counter = refusals.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void relayed(String scope, Signal signal) {
    relayed.computeIfAbsent(new Relayed(scope, signal.word()), this::counter).increment();
  }

  void published(String scope) {
    relayed.computeIfAbsent(new Relayed(scope, "room"), this::counter).increment();
  }

  void reflected(String scope) {
    relayed.computeIfAbsent(new Relayed(scope, "frame"), this::counter).increment();
  }

  /** An offer of this scope was answered after so long. */
  void answered(String scope, Duration time) {
    answers
        .computeIfAbsent(
            scope,
            _ ->
                Timer.builder("switchboard.answers")
                    .description("From an offer until its answer, as the caller's pod sees it")
                    .tag("dialect", scope)
                    .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(60))
                    .register(registry))
        .record(time);
  }

  /** A client asked for an earlier session: it was {@code recovered}, {@code lost} or not there. */
  void resumed(String result) {
    registry.counter("switchboard.resumes", "result", result).increment();
  }

  /** What another node should have told this one had to be read. */
  void missed() {
    missed.increment();
  }

  private Counter counter(Relayed key) {
    return Counter.builder("switchboard.messages")
        .description(
            "Signals that reached their receiver's outbox, and what was published in rooms")
        .tag("dialect", key.scope())
        .tag("kind", key.kind())
        .register(registry);
  }

  /** Bounded by the dialects there are, times the kinds. */
  private record Relayed(String scope, String kind) {}
}
