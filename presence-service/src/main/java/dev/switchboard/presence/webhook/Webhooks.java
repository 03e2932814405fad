package dev.switchboard.presence.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.Patience;
import dev.switchboard.presence.feed.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** All webhooks that are configured. */
@ApplicationScoped
class Webhooks {

  private static final Logger LOG = Logger.getLogger(Webhooks.class);

  /** How often it is looked for what is due, and for a lease that has ended. */
  private static final long BEAT_MILLIS = 500;

  /** How long a pod that stops waits for what is under way. What is not over is delivered again. */
  private static final Duration PARTING = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final List<Webhook> webhooks;

  Webhooks(
      WebhookConfig config,
      Feed feed,
      ReactiveRedisDataSource redis,
      BusConfig bus,
      ObjectMapper json,
      MeterRegistry metrics,
      Vertx vertx) {
    this.vertx = vertx;
    boolean mayBeHttp = ConfigUtils.isProfileActive("dev") || ConfigUtils.isProfileActive("test");
    Patience patience = new Patience(bus.timeout());
    String pod = UUID.randomUUID().toString();
    this.webhooks =
        config.webhooks().entrySet().stream()
            .map(entry -> Receiver.read(entry.getKey(), entry.getValue(), mayBeHttp))
            .map(receiver ->
                new Webhook(
                    receiver,
                    feed,
                    new Spool(redis.getRedis(), patience, receiver, pod),
                    new Post(receiver, Lookup.SYSTEM, vertx, new HttpClientOptions()),
                    json,
                    metrics,
                    vertx))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    if (!webhooks.isEmpty()) {
      vertx.setPeriodic(BEAT_MILLIS, _ -> webhooks.forEach(Webhook::beat));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (!webhooks.isEmpty()) {
      Uni.join()
          .all(webhooks.stream().map(Webhook::stop).toList())
          .andCollectFailures()
          .ifNoItem()
          .after(PARTING)
          .fail()
          .onFailure()
          .invoke(failure -> LOG.debugf("what was under way is not over: %s", failure))
          .onFailure()
          .recoverWithNull()
          .await()
          .indefinitely();
    }
  }
}
