package dev.switchboard.signaling.announce;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.Change.Kind;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.OnlineRegistry;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Outage;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down in Redis who is at this node. What stands there is a copy of this node's memory: a
 * change that did not get through is made good by the next renewal, and a node that dies takes its
 * entries along when its lease ends.
 */
@ApplicationScoped
class PresenceAnnouncer implements Announcer {

  private static final Logger LOG = Logger.getLogger(PresenceAnnouncer.class);
  private static final int RENEWALS_A_LEASE = 3;

  private final AnnounceConfig config;
  private final OnlineRegistry registry;
  private final Vertx vertx;

  /** Bounded by the connections this node accepts, and the sessions that it keeps for a while. */
  private final Map<SessionId, Present> present = new HashMap<>();

  private final Outage outage = new Outage(LOG, "presence");

  PresenceAnnouncer(
      AnnounceConfig config,
      ChangesConfig changes,
      BusConfig bus,
      Delivery delivery,
      ReactiveRedisDataSource redis,
      Vertx vertx) {
    this.config = config;
    this.registry =
        new OnlineRegistry(
            redis.getRedis(),
            new Patience(bus.timeout()),
            changes,
            delivery.node(),
            config.lease());
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      vertx.setPeriodic(config.lease().toMillis() / RENEWALS_A_LEASE, _ -> renew());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (config.enabled()) {
      // What does not get through ends with the lease.
      forEachRealm(registry::withdraw).onFailure().recoverWithNull().await().indefinitely();
    }
  }

  @Override
  public void opened(Address peer, SessionId session, String meta) {
    if (!config.enabled()) {
      return;
    }
    Present opened =
        new Present(
            new Realm(peer.realm()),
            new OnlineSession(peer.scope(), peer.name(), session.value(), now(), meta, Map.of()));
    synchronized (present) {
      present.put(session, opened);
      write(Kind.OPEN, opened, "", meta);
    }
  }

  @Override
  public void described(SessionId session, String meta) {
    change(session, Kind.DESCRIBE, "", meta, before -> before.describedAs(meta));
  }

  @Override
  public void joined(RoomId room, SessionId session, String meta) {
    String name = room.name();
    change(
        session,
        before -> before.session().rooms().containsKey(name) ? Kind.UPDATE : Kind.JOIN,
        name,
        meta,
        before -> before.in(name, meta));
  }

  @Override
  public void left(RoomId room, SessionId session, Leaving why) {
    change(session, Kind.LEAVE, room.name(), why.word(), before -> before.outOf(room.name()));
  }

  @Override
  public void gone(SessionId session, Leaving why) {
    synchronized (present) {
      @Nullable Present gone = present.remove(session);
      if (gone != null) {
        gone.session()
            .rooms()
            .keySet()
            .forEach(room -> write(Kind.LEAVE, gone.outOf(room), room, why.word()));
        write(Kind.GONE, gone, "", why.word());
      }
    }
  }

  private void change(
      SessionId session, Kind kind, String room, String more, UnaryOperator<Present> step) {
    change(session, _ -> kind, room, more, step);
  }

  private void change(
      SessionId session,
      Function<Present, Kind> kind,
      String room,
      String more,
      UnaryOperator<Present> step) {
    synchronized (present) {
      @Nullable Present before = present.get(session);
      if (before != null) {
        Present now = step.apply(before);
        present.put(session, now);
        write(kind.apply(before), now, room, more);
      }
    }
  }

  /** Called in the order in which the sessions changed. */
  private void write(Kind kind, Present changed, String room, String more) {
    write(registry.write(changed.realm(), kind, changed.session(), room, more));
  }

  private void renew() {
    write(forEachRealm(realm -> registry.renew(realm, () -> sessionsOf(realm))));
  }

  private Uni<Void> forEachRealm(Function<Realm, Uni<Void>> step) {
    return Multi.createFrom()
        .iterable(realms())
        .onItem()
        .transformToUniAndConcatenate(step::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Set<Realm> realms() {
    synchronized (present) {
      return present.values().stream().map(Present::realm).collect(Collectors.toUnmodifiableSet());
    }
  }

  private Collection<OnlineSession> sessionsOf(Realm realm) {
    synchronized (present) {
      return present.values().stream()
          .filter(one -> one.realm().equals(realm))
          .map(Present::session)
          .toList();
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private void write(Uni<Void> written) {
    written.subscribe().with(_ -> outage.ended(), outage::began);
  }
}
