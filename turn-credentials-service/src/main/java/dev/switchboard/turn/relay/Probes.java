package dev.switchboard.turn.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Probes every url of every relay again and again, each on a virtual thread of its own, and tells
 * its pool. A url that needs a request's host is not probed: there is no saying where it leads.
 */
@ApplicationScoped
class Probes {

  private static final Logger LOG = Logger.getLogger(Probes.class);

  /** Of the interval, to either side: pods that start together do not stay in step. */
  private static final double JITTER = 0.2;

  private final RelayConfig.Probe config;
  private final Relays relays;
  private final Prober prober;
  private final MeterRegistry metrics;
  private final InstantSource clock;
  private final Semaphore turns;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("relay-probe-", 0).factory());

  Probes(
      RelayConfig config,
      Relays relays,
      Prober prober,
      MeterRegistry metrics,
      InstantSource clock) {
    this.config = config.probe();
    this.relays = relays;
    this.prober = prober;
    this.metrics = metrics;
    this.clock = clock;
    this.turns = new Semaphore(Math.max(1, this.config.concurrency()), true);
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    if (!config.interval().isPositive() || !config.timeout().isPositive()) {
      throw new ConfigurationException(
          "switchboard.relay.probe.interval and .timeout take more than no time");
    }
    for (Pool pool : relays.pools()) {
      Gauge.builder("switchboard.relay.last.known", pool, p -> p.isLastKnown() ? 1 : 0)
          .description("1 while no relay of the region answers and the last known are handed out")
          .tag("region", pool.region())
          .register(metrics);
      for (Relay relay : pool.relays()) {
        relay.endpoints().stream()
            .filter(Endpoint::canBeProbed)
            .forEach(endpoint -> start(pool, relay, endpoint));
      }
    }
  }

  void stop(@Observes ShutdownEvent event) {
    threads.shutdownNow();
  }

  private void start(Pool pool, Relay relay, Endpoint endpoint) {
    Gauge.builder("switchboard.relay.up", endpoint, e -> e.isUsable() ? 1 : 0)
        .description("1 unless the last probe of this url failed")
        .tag("region", pool.region())
        .tag("relay", relay.name())
        .tag("url", endpoint.url().template())
        .register(metrics);
    threads.execute(() -> repeat(pool, endpoint));
  }

  private void repeat(Pool pool, Endpoint endpoint) {
    try {
      while (true) {
        probe(pool, endpoint);
        Thread.sleep(pause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void probe(Pool pool, Endpoint endpoint) throws InterruptedException {
    turns.acquire();
    try {
      Timer.Sample sample = Timer.start(metrics);
      Probed probed = prober.probe(endpoint.url());
      sample.stop(timer(probed));
      tell(endpoint, probed);
      endpoint.settle(probed, clock.instant());
      pool.settle();
    } catch (RuntimeException e) {
      LOG.errorf(e, "a probe of %s broke", endpoint.url().template());
    } finally {
      turns.release();
    }
  }

  private Timer timer(Probed probed) {
    String outcome =
        switch (probed) {
          case Probed.Answers _ -> "answers";
          case Probed.NoRoute _ -> "no-route";
          case Probed.Fails _ -> "fails";
        };
    return Timer.builder("switchboard.relay.probe")
        .description("How long probes of relays take")
        .tag("outcome", outcome)
        .register(metrics);
  }

  /** Once when it changes, not at each probe. */
  private static void tell(Endpoint endpoint, Probed probed) {
    switch (probed) {
      case Probed.NoRoute _ -> {}
      case Probed.Answers _ -> {
        if (!endpoint.isUsable()) {
          LOG.infof("relay %s answers again", endpoint.url().template());
        }
      }
      case Probed.Fails(String reason) -> {
        if (endpoint.isUsable()) {
          LOG.warnf("relay %s is left out: %s", endpoint.url().template(), reason);
        }
      }
    }
  }

  private Duration pause() {
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofNanos((long) (config.interval().toNanos() * factor));
  }
}
