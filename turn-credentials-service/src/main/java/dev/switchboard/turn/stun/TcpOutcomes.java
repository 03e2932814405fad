package dev.switchboard.turn.stun;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what became of each TCP connection, and of each message on it; no label says whose. */
@Singleton
class TcpOutcomes {

  /** What becomes of a connection; each is served or turned away, and may then be overdue. */
  enum Connection {
    SERVED,
    /** Closed at once, because there are as many as there may be. */
    TURNED_AWAY,
    /** Closed at once, because its source has as many as it may have. */
    OVER_THE_SHARE,
    /** Closed for saying nothing, stopping in mid-frame, or taking no answers. */
    OVERDUE
  }

  private final Replies frames;
  private final Map<Connection, Counter> connections = new EnumMap<>(Connection.class);

  TcpOutcomes(MeterRegistry registry) {
    frames =
        new Replies(
            registry,
            "switchboard.stun.frames",
            "Messages that came to the STUN responder over TCP, by what became of them");
    for (Connection connection : Connection.values()) {
      connections.put(
          connection,
          Counter.builder("switchboard.stun.connections")
              .description("TCP connections to the STUN responder, by what became of them")
              .tag("outcome", connection.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void count(Reply reply) {
    frames.count(reply);
  }

  void count(Connection connection) {
    Objects.requireNonNull(connections.get(connection)).increment();
  }

  void countFailure() {
    frames.countFailure();
  }
}
