package dev.switchboard.signaling.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What goes through the sockets of this pod, and how long it takes. */
@Startup
@Singleton
class Traffic {

  private final LongAdder waiting = new LongAdder();
  private final Counter cut;
  private final Timer handled;

  Traffic(MeterRegistry registry) {
    Gauge.builder("switchboard.outbox.waiting", waiting, LongAdder::sum)
        .description("Characters and bytes that clients have not taken yet, over all sockets")
        .register(registry);
    this.cut =
        Counter.builder("switchboard.outbox.cut")
            .description("Clients that were cut because they did not read")
            .register(registry);
    this.handled =
        Timer.builder("switchboard.relay")
            .description("From a frame of a client until it is in outboxes here or on the bus")
            .serviceLevelObjectives(
                Duration.ofNanos(100_000),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(registry);
  }

  /** Something begins to wait. */
  void waits(int size) {
    waiting.add(size);
  }

  /** It waits no longer. */
  void taken(int size) {
    waiting.add(-size);
  }

  void cut() {
    cut.increment();
  }

  /** A frame that came at {@code nanoTime} has been dealt with. */
  void handled(long nanoTime) {
    handled.record(System.nanoTime() - nanoTime, TimeUnit.NANOSECONDS);
  }
}
