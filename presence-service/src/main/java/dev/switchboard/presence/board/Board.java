package dev.switchboard.presence.board;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.OnlineReader;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who is online. It keeps nothing: each answer is read from Redis, so all pods answer the same, and
 * one that starts late or missed changes does too. Never blocks; fails with {@link
 * dev.switchboard.bus.RedisGoneException}.
 */
@ApplicationScoped
public class Board {

  private static final Comparator<OnlineSession> OLDEST_FIRST =
      Comparator.comparing(OnlineSession::since)
          .thenComparing(OnlineSession::scope)
          .thenComparing(OnlineSession::session);

  private final OnlineReader online;
  private final LastSeen lastSeen;

  Board(ReactiveRedisDataSource redis, BusConfig bus, LastSeen lastSeen) {
    this.online = new OnlineReader(redis, new Patience(bus.timeout()));
    this.lastSeen = lastSeen;
  }

  /** How it stands with one peer. */
  public Uni<Standing> peer(Realm realm, String peer) {
    return online
        .sessions(realm, peer)
        .chain(sessions ->
            sessions.isEmpty()
                ? lastSeen.of(realm, peer).map(seen -> new Standing.Offline(peer, seen))
                : Uni.createFrom().item(here(peer, sessions)));
  }

  /**
   * The peers of a realm that are online and pass, by name, with the start of their oldest session.
   */
  public Uni<SortedMap<String, Instant>> online(Realm realm, Predicate<String> passes) {
    return online
        .everyone(realm)
        .map(sessions -> {
          SortedMap<String, Instant> peers = new TreeMap<>();
          for (OnlineSession session : sessions) {
            if (peers.containsKey(session.peer()) || passes.test(session.peer())) {
              peers.merge(session.peer(), session.since(), (a, b) -> a.isBefore(b) ? a : b);
            }
          }
          return peers;
        });
  }

  private static Standing here(String peer, List<OnlineSession> sessions) {
    List<OnlineSession> sorted = sessions.stream().sorted(OLDEST_FIRST).toList();
    return new Standing.Online(peer, sorted.getFirst().since(), sorted);
  }
}
