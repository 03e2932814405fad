package dev.switchboard.signaling.ledger;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.directory.Node;
import dev.switchboard.signaling.directory.StateConfig;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Chooses the twin. */
@ApplicationScoped
class LedgerProducer {

  @Produces
  @Singleton
  Ledger ledger(
      StateConfig state,
      LedgerConfig config,
      Node node,
      ChangesConfig changes,
      Announcer announcer,
      BusConfig bus,
      Instance<ReactiveRedisDataSource> redis) {
    return switch (state.kind()) {
      case MEMORY -> new MemoryLedger(node.id(), config, Clock.systemUTC(), announcer);
      case REDIS ->
          new RedisLedger(node.id(), redis.get().getRedis(), bus.timeout(), config, changes);
    };
  }
}
