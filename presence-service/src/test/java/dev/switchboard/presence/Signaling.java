package dev.switchboard.presence;

import dev.switchboard.bus.OnlineRegistry;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.PresenceChange;
import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A signaling node as presence sees it: what it writes to Redis, and what it publishes there. */
final class Signaling {

  static final Realm REALM = new Realm("default");
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ReactiveRedisDataSource redis;
  private final OnlineRegistry registry;
  private final String node;
  private final List<OnlineSession> here = new ArrayList<>();

  Signaling(ReactiveRedisDataSource redis, String node) {
    this.redis = redis;
    this.node = node;
    this.registry = new OnlineRegistry(redis, new Patience(SOON), node, Duration.ofMinutes(5));
  }

  void enter(String scope, String peer, String session, Instant since) {
    enter(REALM, scope, peer, session, since);
  }

  void enter(Realm realm, String scope, String peer, String session, Instant since) {
    here.add(new OnlineSession(scope, peer, session, since));
    done(registry.enter(realm, scope, peer, session, since));
  }

  void leave(String scope, String peer, String session, Instant at) {
    here.removeIf(online -> online.session().equals(session));
    done(registry.leave(REALM, scope, peer, session));
    publish(
        "{\"v\":1,\"kind\":\"leave\",\"realm\":\"default\",\"scope\":\"%s\",\"peer\":\"%s\",\"session\":\"%s\",\"node\":\"%s\",\"at\":\"%s\"}"
            .formatted(scope, peer, session, node, at));
  }

  void renew() {
    done(registry.renew(REALM, () -> here));
  }

  void publish(String message) {
    done(redis.pubsub(String.class).publish(PresenceChange.CHANNEL, message));
  }

  void forgetEverything() {
    done(redis.flushall());
  }

  private static <T> void done(Uni<T> uni) {
    uni.await().atMost(SOON);
  }
}
