package dev.switchboard.presence.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Grants;
import dev.switchboard.presence.board.PresenceEvent;
import dev.switchboard.presence.board.Roll;
import dev.switchboard.presence.feed.Feed;
import dev.switchboard.presence.feed.Follower;
import dev.switchboard.presence.feed.Standing;
import dev.switchboard.presence.view.PeerView;
import dev.switchboard.presence.view.RoomView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one watches from. Whoever says what it was told last is told all that came after, if that
 * is still known; anybody else is told how things stand, and from there on what happens. Nothing is
 * told twice, nothing is left out, and the order is that of the realm's versions.
 */
@ApplicationScoped
class Lookout {

  /** How often it is looked for tokens that are over and watchers that were told nothing. */
  private static final long BEAT_MILLIS = 1000;

  /** How many peers or members one part of a snapshot has. */
  private static final int PART = 500;

  private final Feed feed;
  private final WatchConfig config;
  private final ObjectMapper json;
  private final Vertx vertx;
  private final Counter cut;
  private final AtomicInteger watching = new AtomicInteger();
  private final ConcurrentMap<Follower, Watchers> watchers = new ConcurrentHashMap<>();

  Lookout(Feed feed, WatchConfig config, ObjectMapper json, MeterRegistry metrics, Vertx vertx) {
    this.feed = feed;
    this.config = config;
    this.json = json;
    this.vertx = vertx;
    Gauge.builder("switchboard.watchers", watching, AtomicInteger::get)
        .description("Those who watch presence here")
        .register(metrics);
    this.cut =
        Counter.builder("switchboard.watchers.cut")
            .description("Watchers that were cut because they did not take what they were told")
            .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    vertx.setPeriodic(BEAT_MILLIS, _ -> each(all -> all.beat(config.heartbeat())));
  }

  /** Their clients go on at another pod, with what they were told last. */
  void stop(@Observes ShutdownEvent event) {
    each(Watchers::stop);
  }

  private void each(Consumer<Watchers> step) {
    watchers.forEach((follower, all) ->
        follower.look(_ -> {
          step.accept(all);
          return all;
        }));
  }

  /** Whether one more may watch here. */
  boolean hasRoom() {
    return watching.get() < config.maxWatchers();
  }

  /**
   * Begins to watch.
   *
   * @param after what was told last
   * @param cutOff ends the connection at once, whatever still waits in it; any thread
   * @return what is told from now on; it ends with the token. Fails with {@link
   *     dev.switchboard.bus.RedisGoneException}.
   */
  Uni<Multi<Telling>> watch(Caller caller, Topic topic, Optional<ChangeId> after, Runnable cutOff) {
    return feed.current(caller.realm())
        .map(follower -> {
          Watcher watcher = new Watcher(caller, topic, config.outbox(), cutOff);
          List<Telling> first =
              follower.look(standing -> begin(follower, standing, watcher, after, caller, topic));
          return Multi.createBy()
              .concatenating()
              .streams(Multi.createFrom().iterable(first), watcher.tellings())
              .onTermination()
              .invoke(() -> leave(follower, watcher));
        });
  }

  private List<Telling> begin(
      Follower follower,
      Standing standing,
      Watcher watcher,
      Optional<ChangeId> after,
      Caller caller,
      Topic topic) {
    Watchers all = watchers.computeIfAbsent(follower, this::opened);
    all.add(watcher);
    watching.incrementAndGet();
    Optional<List<PresenceEvent>> missed = after.flatMap(standing.history()::after);
    return missed
        .map(events -> events.stream().filter(watcher::mayHear).map(all::telling).toList())
        .orElseGet(() -> snapshot(all, standing, caller, topic));
  }

  private Watchers opened(Follower follower) {
    Watchers opened =
        new Watchers(
            json,
            watcher -> {
              cut.increment();
              leave(follower, watcher);
            });
    follower.add(opened);
    return opened;
  }

  private void leave(Follower follower, Watcher watcher) {
    follower.look(_ -> {
      @Nullable Watchers all = watchers.get(follower);
      if (all != null && all.remove(watcher)) {
        watching.decrementAndGet();
        if (all.isEmpty()) {
          watchers.remove(follower);
          follower.remove(all);
        }
      }
      return watcher;
    });
  }

  private List<Telling> snapshot(Watchers all, Standing standing, Caller caller, Topic topic) {
    String version = standing.id().toString();
    return switch (topic) {
      case Topic.Everyone _ ->
          peers(
              all,
              version,
              standing.roll(),
              caller.grants(),
              standing.roll().peers().keySet().stream()
                  .filter(caller.grants()::allowsPeer)
                  .toList());
      case Topic.Peers(var names) ->
          peers(all, version, standing.roll(), caller.grants(), names.stream().sorted().toList());
      case Topic.Members(var room) ->
          List.of(
              new Telling(
                  version,
                  "snapshot",
                  all.text(
                      new OfRoom(
                          version, RoomView.of(standing.roll(), room, null, Integer.MAX_VALUE)))));
    };
  }

  private static List<Telling> peers(
      Watchers all, String version, Roll roll, Grants grants, List<String> names) {
    List<Telling> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(from + PART, names.size());
      List<PeerView> views =
          names.subList(from, to).stream().map(name -> PeerView.of(roll, name, grants)).toList();
      boolean more = to < names.size();
      parts.add(
          new Telling(
              more ? "" : version, "snapshot", all.text(new OfPeers(version, views, more))));
      from = to;
    } while (from < names.size());
    return parts;
  }

  /**
   * How peers stand, as JSON.
   *
   * @param more whether another part follows
   */
  @RegisterForReflection
  record OfPeers(String version, List<PeerView> peers, boolean more) {}

  /** How a room stands, as JSON. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfRoom(String version, RoomView room) {}
}
