package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.ledger.Hold;
import dev.switchboard.signaling.ledger.Ledger;
import dev.switchboard.signaling.ledger.Ledger.Acknowledged;
import dev.switchboard.signaling.ledger.Ledger.Reading;
import dev.switchboard.signaling.ledger.Ledger.Tail;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that clients are told all that stands in their inboxes, also what no other node told
 * this one, and that what they have acknowledged is taken out. Bounded by the sockets of this node.
 */
@ApplicationScoped
class Inboxes {

  private static final Logger LOG = Logger.getLogger(Inboxes.class);

  /** What is missing is mostly on its way already. */
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final Ledger ledger;
  private final Vertx vertx;
  private final Tally tally;
  private final Set<KeptSession> watched = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<SessionId, Acknowledged> acknowledged = new ConcurrentHashMap<>();

  Inboxes(Ledger ledger, Vertx vertx, Tally tally) {
    this.ledger = ledger;
    this.vertx = vertx;
    this.tally = tally;
  }

  void watch(KeptSession session) {
    watched.add(session);
  }

  void forget(KeptSession session) {
    watched.remove(session);
  }

  /** Something came before what has to come first. */
  void missed(KeptSession session) {
    vertx.setTimer(PAUSE.toMillis(), _ -> catchUpIfBehind(session));
  }

  private void catchUpIfBehind(KeptSession session) {
    if (session.isBehind()) {
      tally.missed();
      catchUp(session);
    }
  }

  /** Tells the client what is in its inbox and was not told yet. */
  void catchUp(KeptSession session) {
    @Nullable Hold hold = session.hold();
    if (hold != null && session.beginReading()) {
      readOn(session, hold)
          .onTermination()
          .invoke(session::endReading)
          .subscribe()
          .with(_ -> {}, failure -> LOG.debugf("not read for now: %s", failure.getMessage()));
    }
  }

  private Uni<Void> readOn(KeptSession session, Hold hold) {
    return ledger
        .read(hold, session.told())
        .chain(reading ->
            switch (reading) {
              case Reading.Lapsed(var ending) -> {
                session.lapse(ending);
                yield Outcomes.NOTHING;
              }
              case Reading.Entries(List<Ledger.Entry> entries) -> {
                session.take(entries);
                yield entries.isEmpty() || session.hasEnded()
                    ? Outcomes.NOTHING
                    : readOn(session, hold);
              }
            });
  }

  /** A client has what is in its inbox up to {@code number}. */
  void acknowledged(Hold hold, long number) {
    acknowledged.merge(
        hold.session(),
        new Acknowledged(hold, number),
        (before, now) -> before.number() > now.number() && isSame(before, now) ? before : now);
  }

  private static boolean isSame(Acknowledged one, Acknowledged other) {
    return one.hold().number() == other.hold().number();
  }

  /** Takes out what was acknowledged. What fails is acknowledged by what comes later. */
  Uni<Void> takeOut() {
    Map<String, List<Acknowledged>> byRealm = new HashMap<>();
    for (SessionId session : acknowledged.keySet()) {
      @Nullable Acknowledged one = acknowledged.remove(session);
      if (one != null) {
        byRealm.computeIfAbsent(one.hold().realm(), _ -> new ArrayList<>()).add(one);
      }
    }
    return byRealm.isEmpty()
        ? Outcomes.NOTHING
        : Uni.join()
            .all(
                byRealm.entrySet().stream()
                    .map(realm -> ledger.acknowledge(realm.getKey(), realm.getValue()))
                    .toList())
            .andCollectFailures()
            .replaceWithVoid();
  }

  /** Takes out what one client has acknowledged so far; before its hold is given up. */
  Uni<Void> takeOut(Hold hold) {
    @Nullable Acknowledged one = acknowledged.remove(hold.session());
    return one == null
        ? Outcomes.NOTHING
        : ledger.acknowledge(hold.realm(), List.of(one)).onFailure().recoverWithNull();
  }

  /** Looks whether any inbox goes further than its client was told. */
  Uni<Void> check() {
    Map<String, List<KeptSession>> byRealm = new HashMap<>();
    for (KeptSession session : watched) {
      byRealm.computeIfAbsent(session.realm(), _ -> new ArrayList<>()).add(session);
    }
    return byRealm.isEmpty()
        ? Outcomes.NOTHING
        : Uni.join()
            .all(
                byRealm.entrySet().stream()
                    .map(realm -> check(realm.getKey(), realm.getValue()))
                    .toList())
            .andCollectFailures()
            .replaceWithVoid();
  }

  private Uni<Void> check(String realm, List<KeptSession> sessions) {
    List<KeptSession> held = new ArrayList<>();
    List<Hold> holds = new ArrayList<>();
    for (KeptSession session : sessions) {
      @Nullable Hold hold = session.hold();
      if (hold != null) {
        held.add(session);
        holds.add(hold);
      }
    }
    return ledger
        .tails(realm, holds)
        .invoke(tails -> {
          for (int i = 0; i < tails.size(); i++) {
            compare(held.get(i), tails.get(i));
          }
        })
        .replaceWithVoid();
  }

  private void compare(KeptSession session, Tail tail) {
    switch (tail) {
      case Tail.At(long number) when number > session.told() -> catchUp(session);
      case Tail.At _ -> {}
      case Tail.Lapsed(var ending) -> session.lapse(ending);
    }
  }
}
