package dev.switchboard.presence.webhook;

import dev.switchboard.bus.Change.Kind;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.OnlineRegistry;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A signaling node: peers that come and go, each with one session. */
final class Comings {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final OnlineRegistry registry;
  private final Realm realm;

  Comings(Redis redis, Realm realm, int keep) {
    this.registry =
        new OnlineRegistry(redis, new Patience(SOON), new Changes(keep), "signaling", LEASE);
    this.realm = realm;
  }

  void enter(String peer) {
    write(Kind.OPEN, session(peer, Map.of()), "", "");
  }

  void join(String peer, String room) {
    write(Kind.JOIN, session(peer, Map.of(room, "")), room, "");
  }

  void leave(String peer) {
    write(Kind.GONE, session(peer, Map.of()), "", "left");
  }

  private static OnlineSession session(String peer, Map<String, String> rooms) {
    return new OnlineSession("v1", peer, "s-" + peer, Instant.EPOCH, "", rooms);
  }

  private void write(Kind kind, OnlineSession session, String room, String more) {
    registry.write(realm, kind, session, room, more).await().atMost(SOON);
  }

  private record Changes(int keep) implements ChangesConfig {

    @Override
    public Duration keepLastSeen() {
      return Duration.ofDays(1);
    }
  }
}
