package dev.switchboard.signaling;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RealRedisCluster;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;

/** A real Redis, or a real Redis Cluster, and a client of it. */
public final class SharedRedis implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Redis client;
  private final Runnable flush;
  private final Runnable stop;

  private SharedRedis(RedisOptions options, Runnable flush, Runnable stop) {
    this.client = Redis.createClient(vertx, options.setMaxPoolSize(16).setMaxPoolWaiting(1024));
    this.flush = flush;
    this.stop = stop;
  }

  public static SharedRedis standalone() {
    RealRedis redis = RealRedis.start();
    Vertx vertx = Vertx.vertx();
    Redis own = Redis.createClient(vertx, redis.url());
    return new SharedRedis(
        new RedisOptions().setConnectionString(redis.url()),
        () -> own.send(Request.cmd(Command.FLUSHALL)).await().atMost(PATIENCE),
        () -> {
          own.close();
          vertx.closeAndAwait();
          redis.close();
        });
  }

  public static SharedRedis cluster() {
    RealRedisCluster cluster = RealRedisCluster.start();
    RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
    options.setEndpoints(List.copyOf(cluster.urls()));
    return new SharedRedis(options, cluster::flush, cluster::close);
  }

  public Redis client() {
    return client;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Empties it. */
  public void flush() {
    flush.run();
  }

  /** Patient, so that a machine under load is not taken for a Redis that is gone. */
  public static BusConfig bus() {
    return new BusConfig() {
      @Override
      public Duration timeout() {
        return PATIENCE;
      }

      @Override
      public Duration retryFloor() {
        return Duration.ofMillis(50);
      }

      @Override
      public Duration retryCeiling() {
        return Duration.ofMillis(500);
      }

      @Override
      public Duration probe() {
        return Duration.ofSeconds(1);
      }
    };
  }

  @Override
  public void close() {
    client.close();
    vertx.closeAndAwait();
    stop.run();
  }
}
