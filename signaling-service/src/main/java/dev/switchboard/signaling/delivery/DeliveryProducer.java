package dev.switchboard.signaling.delivery;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.signaling.directory.Node;
import dev.switchboard.signaling.directory.StateConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the twin. */
@ApplicationScoped
class DeliveryProducer {

  @Produces
  @Singleton
  Delivery delivery(
      StateConfig config,
      Node node,
      BusConfig bus,
      Instance<ReactiveRedisDataSource> redis,
      Vertx vertx,
      MeterRegistry metrics,
      Event<NotesMissed> missed) {
    return switch (config.kind()) {
      case MEMORY -> new MemoryDelivery(node.id());
      case REDIS ->
          new RedisDelivery(
              node.id(),
              redis.get().getRedis(),
              bus,
              vertx,
              metrics,
              () -> missed.fire(new NotesMissed()));
    };
  }

  void close(@Disposes Delivery delivery) {
    if (delivery instanceof RedisDelivery shared) {
      shared.close();
    }
  }
}
