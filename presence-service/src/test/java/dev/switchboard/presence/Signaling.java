package dev.switchboard.presence;

import dev.switchboard.bus.Change.Kind;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.OnlineRegistry;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A signaling node as presence sees it: what it writes to Redis, and what it publishes there. */
final class Signaling {

  static final Realm REALM = new Realm("default");
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ReactiveRedisDataSource redis;
  private final OnlineRegistry registry;
  private final Map<String, OnlineSession> here = new TreeMap<>();

  Signaling(ReactiveRedisDataSource redis, String node) {
    this(redis, node, Duration.ofMinutes(5));
  }

  Signaling(ReactiveRedisDataSource redis, String node, Duration lease) {
    this.redis = redis;
    this.registry =
        new OnlineRegistry(redis.getRedis(), new Patience(SOON), new Changes(), node, lease);
  }

  void enter(String scope, String peer, String session, Instant since) {
    enter(REALM, scope, peer, session, since);
  }

  void enter(Realm realm, String scope, String peer, String session, Instant since) {
    write(realm, Kind.OPEN, OnlineSession.of(scope, peer, session, since), "", "");
  }

  /** Somebody whom the next renewal tells of. */
  void add(String scope, String peer, String session, Instant since, Map<String, String> rooms) {
    here.put(session, new OnlineSession(scope, peer, session, since, "", rooms));
  }

  void describe(String session, String meta) {
    OnlineSession it = of(session);
    write(
        REALM,
        Kind.DESCRIBE,
        new OnlineSession(it.scope(), it.peer(), it.session(), it.since(), meta, it.rooms()),
        "",
        meta);
  }

  void join(String session, String room, String meta) {
    Map<String, String> rooms = new TreeMap<>(of(session).rooms());
    rooms.put(room, meta);
    write(REALM, Kind.JOIN, in(session, rooms), room, meta);
  }

  void exit(String session, String room) {
    Map<String, String> rooms = new TreeMap<>(of(session).rooms());
    rooms.remove(room);
    write(REALM, Kind.LEAVE, in(session, rooms), room, "left");
  }

  void leave(String session) {
    OnlineSession gone = of(session);
    here.remove(session);
    done(registry.write(REALM, Kind.GONE, gone, "", "left"));
  }

  private OnlineSession of(String session) {
    return Objects.requireNonNull(here.get(session));
  }

  private OnlineSession in(String session, Map<String, String> rooms) {
    OnlineSession it = of(session);
    return new OnlineSession(it.scope(), it.peer(), it.session(), it.since(), it.meta(), rooms);
  }

  private void write(Realm realm, Kind kind, OnlineSession session, String room, String more) {
    here.put(session.session(), session);
    done(registry.write(realm, kind, session, room, more));
  }

  void renew() {
    done(registry.renew(REALM, () -> new ArrayList<>(here.values())));
  }

  void publish(String message) {
    done(redis.pubsub(String.class).publish("switchboard.presence", message));
  }

  void forgetEverything() {
    done(redis.flushall());
  }

  /** Everybody whom this node has. */
  List<OnlineSession> here() {
    return List.copyOf(here.values());
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  private record Changes() implements ChangesConfig {

    @Override
    public int keep() {
      return 10_000;
    }

    @Override
    public Duration keepLastSeen() {
      return Duration.ofDays(30);
    }
  }
}
