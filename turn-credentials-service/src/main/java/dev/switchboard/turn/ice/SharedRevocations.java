package dev.switchboard.turn.ice;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.Outage;
import dev.switchboard.bus.Patience;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.shared.SharedConfig;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Carries revocations between pods through Redis: a sorted set of holders by when each ends, on
 * Redis's clock, and a version that each change makes another. A pod asks for the version every now
 * and then and reads the set when it is not the one it knows; what the set lacks it adds, so a
 * Redis that lost its data is made whole by any pod. Nobody who asks for ICE servers waits for any
 * of it.
 */
@ApplicationScoped
class SharedRevocations {

  private static final Logger LOG = Logger.getLogger(SharedRevocations.class);

  private static final String PEERS = "switchboard:{turn-revoked}:peers";
  private static final String VERSION = "switchboard:{turn-revoked}:version";

  /** What no version is: the set is read whatever its version. */
  private static final String UNREAD = "unread";

  private static final String REVOKE =
      """
      local now = tonumber(redis.call('TIME')[1])
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
      if not redis.call('ZSCORE', KEYS[1], ARGV[1])
          and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
        return 0
      end
      redis.call('ZADD', KEYS[1], 'GT', now + ARGV[2], ARGV[1])
      redis.call('SET', KEYS[2], ARGV[4])
      return 1
      """;

  /** The version; unless it is the known one, also each holder and the seconds that are left. */
  private static final String READ =
      """
      local version = redis.call('GET', KEYS[2]) or ''
      local answer = {version}
      if version ~= ARGV[1] then
        local now = tonumber(redis.call('TIME')[1])
        local all = redis.call('ZRANGEBYSCORE', KEYS[1], now + 1, '+inf', 'WITHSCORES')
        for i = 1, #all, 2 do
          answer[i + 1] = all[i]
          answer[i + 2] = string.format('%d', all[i + 1] - now)
        end
      end
      return answer
      """;

  private final SharedConfig config;
  private final Revocations revocations;
  private final ReactiveRedisDataSource redis;
  private final Patience patience;
  private final Outage outage = new Outage(LOG, "sharing revocations");
  private volatile String known = UNREAD;
  private volatile long timer = -1;

  SharedRevocations(
      SharedConfig config, Revocations revocations, ReactiveRedisDataSource redis, BusConfig bus) {
    this.config = config;
    this.revocations = revocations;
    this.redis = redis;
    this.patience = new Patience(bus.timeout());
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (config.enabled()) {
      timer = vertx.setPeriodic(1, config.every().toMillis(), _ -> synchronise());
    }
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    vertx.cancelTimer(timer);
  }

  boolean areOn() {
    return config.enabled();
  }

  /** Tells the other pods of one that this pod has taken. */
  Uni<Revoked> revoke(Holder holder) {
    return write(holder)
        .map(taken -> taken ? Revoked.DONE : Revoked.FULL)
        .onFailure()
        .recoverWithItem(failure -> {
          outage.began(failure);
          // What is missing there is written when the set is read next.
          known = UNREAD;
          return Revoked.HERE_ALONE;
        });
  }

  private void synchronise() {
    patience
        .with(redis.execute("EVAL", READ, "2", PEERS, VERSION, known))
        .chain(this::merge)
        .subscribe()
        .with(_ -> outage.ended(), this::failed);
  }

  private void failed(Throwable failure) {
    known = UNREAD;
    outage.began(failure);
  }

  private Uni<Void> merge(Response answer) {
    String version = answer.get(0).toString();
    if (version.equals(known)) {
      return Uni.createFrom().voidItem();
    }
    Set<Holder> missing = new HashSet<>(revocations.all());
    for (int i = 1; i + 1 < answer.size(); i += 2) {
      Duration left = Duration.ofSeconds(answer.get(i + 1).toLong());
      Holder.read(answer.get(i).toString())
          .ifPresent(holder -> {
            missing.remove(holder);
            revocations.revoke(holder, left);
          });
    }
    known = version;
    return Multi.createFrom()
        .iterable(missing)
        .onItem()
        .transformToUniAndConcatenate(this::write)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** With what is left of it: a revocation that is written again and again ends all the same. */
  private Uni<Boolean> write(Holder holder) {
    long seconds = revocations.left(holder).plusMillis(500).toSeconds();
    if (seconds < 1) {
      return Uni.createFrom().item(true);
    }
    return patience
        .with(
            redis.execute(
                "EVAL",
                REVOKE,
                "2",
                PEERS,
                VERSION,
                holder.written(),
                Long.toString(seconds),
                Integer.toString(Revocations.MOST),
                UUID.randomUUID().toString()))
        .map(taken -> taken.toInteger() == 1);
  }
}
