package dev.switchboard.presence.feed;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.ChangeLog;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.Gap;
import dev.switchboard.bus.HintCodec;
import dev.switchboard.bus.Outage;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * The realms that somebody asks about, each kept up to date: when signaling tells that one has
 * changed, when something may have been missed, when somebody asks, and in any case every now and
 * then. A realm that nobody has asked about is not followed. All pods read the same changes in the
 * same order, so all tell the same; none decides anything by its own clock.
 */
@ApplicationScoped
public class Feed {

  private static final Logger LOG = Logger.getLogger(Feed.class);

  private final FeedConfig config;
  private final ChangeLog log;
  private final HintCodec hints;
  private final FeedMetrics metrics;
  private final Vertx vertx;
  private final Outage outage = new Outage(LOG, "reading who is here");

  /** Bounded, but for realms that are watched. */
  private final ConcurrentMap<Realm, Follower> followers = new ConcurrentHashMap<>();

  Feed(
      FeedConfig config,
      ChangesConfig changes,
      BusConfig bus,
      ReactiveRedisDataSource redis,
      HintCodec hints,
      FeedMetrics metrics,
      MeterRegistry registry,
      Vertx vertx) {
    this.config = config;
    this.log = new ChangeLog(redis.getRedis(), new Patience(bus.timeout()), changes);
    this.hints = hints;
    this.metrics = metrics;
    this.vertx = vertx;
    Gauge.builder("switchboard.presence.realms", followers, ConcurrentMap::size)
        .description("Realms that are kept up to date here")
        .register(registry);
    Gauge.builder("switchboard.presence.sessions", this, Feed::sessions)
        .description("Sessions in the realms that are kept up to date here")
        .register(registry);
  }

  private int sessions() {
    return followers.values().stream().mapToInt(Follower::size).sum();
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(config.beat().toMillis(), _ -> beat());
  }

  /**
   * The realm as it is now: what was written before this was called is in it.
   *
   * @return fails with {@link dev.switchboard.bus.RedisGoneException}
   */
  public Uni<Follower> current(Realm realm) {
    Follower follower = followers.computeIfAbsent(realm, this::follow);
    if (followers.size() > config.realms()) {
      dropTheLeastAsked(follower);
    }
    return follower.catchUp().replaceWith(follower);
  }

  /**
   * When peers were last seen; those are left out of whom that is not known.
   *
   * @return fails with {@link dev.switchboard.bus.RedisGoneException}
   */
  public Uni<Map<String, Instant>> lastSeen(Realm realm, List<String> peers) {
    return log.lastSeen(realm, peers);
  }

  private Follower follow(Realm realm) {
    return new Follower(realm, log, metrics, config.history());
  }

  private void dropTheLeastAsked(Follower butNot) {
    followers.values().stream()
        .filter(one -> one != butNot && one.isIdle())
        .min(Comparator.comparingLong(Follower::asked))
        .ifPresent(one -> followers.remove(one.realm(), one));
  }

  /** Never fails: a message that cannot be read is no reason to stop listening. */
  @Incoming("presence-changes")
  void hear(Buffer hint) {
    hints
        .decode(hint)
        .flatMap(realm -> Optional.ofNullable(followers.get(realm)))
        .ifPresent(this::catchUp);
  }

  void missed(@ObservesAsync Gap gap) {
    followers.values().forEach(this::catchUp);
  }

  private void beat() {
    followers
        .values()
        .forEach(follower -> done(log.sweep(follower.realm()).chain(follower::catchUp)));
  }

  private void catchUp(Follower follower) {
    done(follower.catchUp());
  }

  private void done(Uni<Void> step) {
    step.subscribe().with(_ -> outage.ended(), outage::began);
  }
}
