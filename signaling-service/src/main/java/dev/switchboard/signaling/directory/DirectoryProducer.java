package dev.switchboard.signaling.directory;

import dev.switchboard.bus.BusConfig;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the twin. */
@ApplicationScoped
class DirectoryProducer {

  @Produces
  @Singleton
  Directory directory(
      StateConfig config,
      Node node,
      BusConfig bus,
      Instance<ReactiveRedisDataSource> redis,
      Event<Disowned> disowned) {
    return switch (config.kind()) {
      case MEMORY -> new MemoryDirectory();
      case REDIS ->
          new RedisDirectory(
              node.id(), redis.get().getRedis(), bus.timeout(), config.lease(), disowned::fire);
    };
  }
}
