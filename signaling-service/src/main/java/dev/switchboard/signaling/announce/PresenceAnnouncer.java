package dev.switchboard.signaling.announce;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.OnlineRegistry;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.PresenceChange;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down in Redis who is at this node, and publishes each change. What stands in Redis is a
 * copy of this node's memory: a change that did not get through is made good by the next renewal,
 * and a node that dies takes its entries along when its lease ends. What is published is a hint.
 */
@ApplicationScoped
class PresenceAnnouncer implements Announcer {

  private static final Logger LOG = Logger.getLogger(PresenceAnnouncer.class);
  private static final int RENEWALS_A_LEASE = 3;

  private final AnnounceConfig config;
  private final String node;
  private final OnlineRegistry registry;
  private final MutinyEmitter<PresenceChange> changes;
  private final Vertx vertx;

  /**
   * The sessions of each name, in the order in which they came; presence is told of the last.
   * Bounded by the connections this node accepts.
   */
  private final ConcurrentMap<Address, List<OnlineSession>> present = new ConcurrentHashMap<>();

  private final AtomicBoolean outage = new AtomicBoolean();

  PresenceAnnouncer(
      AnnounceConfig config,
      BusConfig bus,
      Delivery delivery,
      ReactiveRedisDataSource redis,
      @Channel("presence-changes") @OnOverflow(OnOverflow.Strategy.DROP)
          MutinyEmitter<PresenceChange> changes,
      Vertx vertx) {
    this.config = config;
    this.node = delivery.node();
    this.registry = new OnlineRegistry(redis, new Patience(bus.timeout()), node, config.lease());
    this.changes = changes;
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
  public void entered(Address address, SessionId session) {
    if (!config.enabled()) {
      return;
    }
    Realm realm = new Realm(address.realm());
    OnlineSession online =
        new OnlineSession(address.scope(), address.name(), session.value(), now());
    List<OnlineSession> before = present.getOrDefault(address, List.of());
    if (before.stream().anyMatch(one -> one.session().equals(session.value()))) {
      return; // It has another socket here now, and nothing else has changed.
    }
    present.merge(
        address,
        List.of(online),
        (others, one) -> Stream.concat(others.stream(), one.stream()).toList());
    write(registry.enter(realm, online.scope(), online.peer(), online.session(), online.since()));
    publish(PresenceChange.Kind.ENTER, realm, address, session, online.since());
  }

  @Override
  public void left(Address address, SessionId session) {
    if (!config.enabled()) {
      return;
    }
    Realm realm = new Realm(address.realm());
    List<OnlineSession> others =
        Objects.requireNonNullElse(
            present.computeIfPresent(address, (_, sessions) -> without(sessions, session.value())),
            List.of());
    if (!others.isEmpty()) {
      OnlineSession last = others.getLast();
      write(registry.enter(realm, last.scope(), last.peer(), last.session(), last.since()));
      return;
    }
    write(registry.leave(realm, address.scope(), address.name(), session.value()));
    publish(PresenceChange.Kind.LEAVE, realm, address, session, now());
  }

  /** Null, for none, takes the name out of the map. */
  private static @Nullable List<OnlineSession> without(
      List<OnlineSession> sessions, String session) {
    List<OnlineSession> others =
        sessions.stream().filter(one -> !one.session().equals(session)).toList();
    return others.isEmpty() ? null : others;
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
    return present.keySet().stream()
        .map(address -> new Realm(address.realm()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Collection<OnlineSession> sessionsOf(Realm realm) {
    return present.entrySet().stream()
        .filter(entry -> entry.getKey().realm().equals(realm.name()))
        .map(entry -> entry.getValue().getLast())
        .toList();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private void write(Uni<Void> written) {
    written.subscribe().with(_ -> recovered(), this::failed);
  }

  private void publish(
      PresenceChange.Kind kind, Realm realm, Address address, SessionId session, Instant at) {
    changes
        .send(
            new PresenceChange(
                kind, realm, address.scope(), address.name(), session.value(), node, at))
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("a change was not published: %s", failure));
  }

  private void failed(Throwable failure) {
    if (outage.compareAndSet(false, true)) {
      LOG.warnf("presence is not told for now: %s", failure.getMessage());
    }
  }

  private void recovered() {
    if (outage.compareAndSet(true, false)) {
      LOG.info("presence is told again");
    }
  }
}
