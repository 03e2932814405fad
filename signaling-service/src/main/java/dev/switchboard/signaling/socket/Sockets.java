package dev.switchboard.signaling.socket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the sockets of this pod against their bound. */
@Startup
@ApplicationScoped
class Sockets {

  private final AtomicInteger open = new AtomicInteger();
  private final int bound;

  Sockets(SocketConfig config, MeterRegistry registry) {
    this.bound = config.maxConnections();
    Gauge.builder("switchboard.connections", open, AtomicInteger::get)
        .description("Open sockets")
        .register(registry);
  }

  /**
   * Checked before the upgrade, counted after: handshakes under way may exceed the bound briefly.
   */
  boolean areFull() {
    return open.get() >= bound;
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }
}
