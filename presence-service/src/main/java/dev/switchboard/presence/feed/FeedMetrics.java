package dev.switchboard.presence.feed;

import dev.switchboard.bus.ChangeId;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.board.PresenceEvent.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted of what is followed. No label names a peer, a room or a realm. */
@Singleton
class FeedMetrics {

  private final Map<Kind, Counter> ofPeers;
  private final Map<Kind, Counter> ofRooms;
  private final Counter resyncs;
  private final Timer lag;

  FeedMetrics(MeterRegistry metrics) {
    this.ofPeers = events(metrics, "peer");
    this.ofRooms = events(metrics, "room");
    this.resyncs =
        Counter.builder("switchboard.presence.resyncs")
            .description("Realms that were read afresh because changes were missed")
            .register(metrics);
    this.lag =
        Timer.builder("switchboard.presence.lag")
            .description(
                "From a change until it was read here, by the clocks of Redis and this pod")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(metrics);
  }

  private static Map<Kind, Counter> events(MeterRegistry metrics, String of) {
    Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counters.put(
          kind,
          Counter.builder("switchboard.presence.events")
              .description("What became of peers, and of members of rooms")
              .tag("of", of)
              .tag("kind", kind.word())
              .register(metrics));
    }
    return counters;
  }

  void told(List<PresenceEvent> events) {
    for (PresenceEvent event : events) {
      Map<Kind, Counter> counters =
          switch (event) {
            case PresenceEvent.OfPeer _ -> ofPeers;
            case PresenceEvent.OfRoom _ -> ofRooms;
          };
      counters.getOrDefault(event.kind(), resyncs).increment();
    }
  }

  void resynced() {
    resyncs.increment();
  }

  void read(ChangeId last) {
    lag.record(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - last.millis())));
  }
}
