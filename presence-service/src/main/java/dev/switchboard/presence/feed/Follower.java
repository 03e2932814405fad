package dev.switchboard.presence.feed;

import dev.switchboard.bus.Change;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.ChangeLog;
import dev.switchboard.bus.ChangeLog.Reading;
import dev.switchboard.bus.Snapshot;
import dev.switchboard.identity.Realm;
import dev.switchboard.presence.board.History;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.board.Roll;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one realm up to date: reads all of it once, and then its changes. Where Redis does not know
 * any more what came after the last one, all is read again, and the differences are told.
 *
 * <p>Any thread; never blocks for Redis.
 */
public final class Follower {

  private final Realm realm;
  private final ChangeLog log;
  private final FeedMetrics metrics;
  private final int remembered;

  private final Set<Audience> audiences = new LinkedHashSet<>();
  private @Nullable Standing standing;
  private volatile long asked = System.nanoTime();

  private final Object turns = new Object();
  private @Nullable CompletableFuture<Void> running;
  private @Nullable CompletableFuture<Void> next;

  Follower(Realm realm, ChangeLog log, FeedMetrics metrics, int remembered) {
    this.realm = realm;
    this.log = log;
    this.metrics = metrics;
    this.remembered = remembered;
  }

  /** The realm that it follows. */
  public Realm realm() {
    return realm;
  }

  /**
   * Looks at the realm, or begins to listen to it, while nothing changes.
   *
   * @throws IllegalStateException before it has caught up for the first time
   */
  public synchronized <T> T look(Function<Standing, T> at) {
    if (standing == null) {
      throw new IllegalStateException("nothing is known of the realm yet");
    }
    asked = System.nanoTime();
    return at.apply(standing);
  }

  /** From now on it is told what happens. Call it where you {@link #look}, to leave nothing out. */
  public synchronized void add(Audience audience) {
    audiences.add(audience);
  }

  /** From now on it is told nothing. */
  public synchronized void remove(Audience audience) {
    audiences.remove(audience);
  }

  /** Whether nobody listens. */
  synchronized boolean isIdle() {
    return audiences.isEmpty();
  }

  /** When it was looked at last, in {@link System#nanoTime}. */
  long asked() {
    return asked;
  }

  synchronized int size() {
    return standing == null ? 0 : standing.roll().size();
  }

  /**
   * Reads what is new. Whoever calls while that is being read waits for the next time, so that it
   * sees all that was written before it called; all who wait share one reading.
   *
   * @return fails with {@link dev.switchboard.bus.RedisGoneException}
   */
  Uni<Void> catchUp() {
    return Uni.createFrom().completionStage(this::turn);
  }

  private CompletableFuture<Void> turn() {
    CompletableFuture<Void> mine;
    synchronized (turns) {
      if (running != null) {
        if (next == null) {
          next = new CompletableFuture<>();
        }
        return next;
      }
      mine = new CompletableFuture<>();
      running = mine;
    }
    begin(mine);
    return mine;
  }

  private void begin(CompletableFuture<Void> turn) {
    read()
        .subscribe()
        .with(
            _ -> {
              nextTurn();
              turn.complete(null);
            },
            failure -> {
              nextTurn();
              turn.completeExceptionally(failure);
            });
  }

  private void nextTurn() {
    @Nullable CompletableFuture<Void> following;
    synchronized (turns) {
      following = next;
      running = following;
      next = null;
    }
    if (following != null) {
      begin(following);
    }
  }

  private Uni<Void> read() {
    @Nullable ChangeId id = id();
    if (id == null) {
      return load();
    }
    return log.after(realm, id)
        .chain(reading ->
            switch (reading) {
              case Reading.Gap _ -> load();
              case Reading.Changes(List<Change> changes, boolean more) -> {
                take(changes);
                yield more ? read() : Uni.createFrom().voidItem();
              }
            });
  }

  private synchronized @Nullable ChangeId id() {
    return standing == null ? null : standing.id();
  }

  /** Whoever died while nobody looked is taken out first. */
  private Uni<Void> load() {
    return log.sweep(realm)
        .chain(() -> log.snapshot(realm))
        .chain(
            snapshot -> log.upTo(realm, snapshot.id()).invoke(earlier -> begin(snapshot, earlier)))
        .replaceWithVoid();
  }

  private synchronized void begin(Snapshot snapshot, List<Change> earlier) {
    Roll roll = new Roll(snapshot);
    if (standing == null) {
      standing = new Standing(snapshot.id(), roll, History.before(snapshot, earlier, remembered));
      return;
    }
    metrics.resynced();
    List<PresenceEvent> events = standing.roll().differences(roll, snapshot.id());
    standing = new Standing(snapshot.id(), roll, standing.history());
    tell(standing, events);
  }

  private synchronized void take(List<Change> changes) {
    if (changes.isEmpty() || standing == null) {
      return;
    }
    Roll roll = standing.roll();
    List<PresenceEvent> events = new ArrayList<>();
    for (Change change : changes) {
      events.addAll(roll.apply(change));
    }
    ChangeId last = changes.getLast().id();
    metrics.read(last);
    standing = new Standing(last, roll, standing.history());
    tell(standing, events);
  }

  private void tell(Standing now, List<PresenceEvent> events) {
    if (!events.isEmpty()) {
      now.history().add(events);
      metrics.told(events);
      audiences.forEach(audience -> audience.told(events));
    }
  }
}
