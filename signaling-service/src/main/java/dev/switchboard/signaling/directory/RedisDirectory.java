package dev.switchboard.signaling.directory;

import dev.switchboard.bus.Pipeline;
import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.bus.Script;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The directory of any number of nodes, in the layout of {@link PlaceKeys}. Each operation is one
 * script on one slot.
 *
 * <p>A realm does not know this node at first, nor once it was swept, nor after Redis lost its
 * data: then a script does nothing and says so, and the node introduces itself. If others took it
 * for dead, what it had is void, and its sessions are {@link Disowned}; if Redis lost everything,
 * it is told again what this node has.
 */
final class RedisDirectory implements Directory {

  private static final Script ENTER = Script.of(RedisDirectory.class, "enter.lua");
  private static final Script LEAVE = Script.of(RedisDirectory.class, "leave.lua");
  private static final Script OCCUPANTS = Script.of(RedisDirectory.class, "occupants.lua");
  private static final Script SWEEP = Script.of(RedisDirectory.class, "sweep.lua");

  /** How many operations of one realm may wait for Redis; further ones fail at once. */
  private static final int BOUND = 16_384;

  private final String node;
  private final Redis redis;
  private final Duration timeout;
  private final Pipeline outside;
  private final Lease lease;
  private final Consumer<Disowned> disowned;

  /** Bounded by the realms that tokens name. */
  private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();

  RedisDirectory(
      String node, Redis redis, Duration timeout, Duration lease, Consumer<Disowned> disowned) {
    this.node = node;
    this.redis = redis;
    this.timeout = timeout;
    this.outside = new Pipeline(redis, timeout, BOUND);
    this.lease = new Lease(node, lease, outside);
    this.disowned = disowned;
  }

  Lease lease() {
    return lease;
  }

  @Override
  public String epoch() {
    return lease.epoch();
  }

  @Override
  public boolean isReachable() {
    return lease.isHeld();
  }

  @Override
  public Uni<Entry> enter(Destination place, Occupant occupant, int capacity) {
    Lane lane = lane(place.realm());
    return enterOnce(lane, place, occupant, capacity)
        .chain(answer ->
            isStale(answer)
                ? introduce(lane).chain(() -> enterOnce(lane, place, occupant, capacity))
                : Uni.createFrom().item(answer))
        .map(answer -> entry(lane, place, occupant, capacity, answer));
  }

  private Uni<Response> enterOnce(Lane lane, Destination place, Occupant occupant, int capacity) {
    Member member = occupant.member();
    return lane.run(
        ENTER,
        List.of(
            PlaceKeys.members(lane.realm),
            PlaceKeys.place(place),
            PlaceKeys.byNode(lane.realm, occupant.node())),
        List.of(
            occupant.node(),
            member.session().value(),
            member.name(),
            member.meta(),
            Integer.toString(capacity),
            PlaceKeys.tag(place),
            Long.toString(member.number()),
            PlaceKeys.byNode(lane.realm)));
  }

  private static boolean isStale(Response answer) {
    return answer.get(0).toString().equals("stale");
  }

  private static Entry entry(
      Lane lane, Destination place, Occupant occupant, int capacity, Response answer) {
    return switch (answer.get(0).toString()) {
      case "full" -> new Entry.Full();
      case "in" -> {
        Member self = occupant.member().numbered(answer.get(1).toLong());
        lane.holdings.put(place, new Occupant(occupant.node(), self), capacity);
        yield new Entry.Entered(
            self,
            PlaceKeys.occupant(self.session().value(), answer.get(2).toString()),
            occupants(answer, 3));
      }
      default -> throw new RedisGoneException("this node is taken for dead", null);
    };
  }

  @Override
  public Uni<Exit> leave(Destination place, Location location) {
    Lane lane = lane(place.realm());
    return Uni.createFrom()
        .deferred(() -> {
          lane.holdings.remove(place, location.session());
          return lane.run(
              LEAVE,
              List.of(PlaceKeys.place(place), PlaceKeys.byNode(lane.realm, location.node())),
              List.of(location.node(), location.session().value(), PlaceKeys.tag(place)));
        })
        .map(answer -> exit(location.session(), answer));
  }

  private static Exit exit(SessionId session, Response answer) {
    return answer.get(0).toString().equals("gone")
        ? PlaceKeys.occupant(session.value(), answer.get(1).toString())
            .<Exit>map(gone -> new Exit.Gone(gone.member(), occupants(answer, 2)))
            .orElseGet(Exit.NotThere::new)
        : new Exit.NotThere();
  }

  @Override
  public Uni<List<Occupant>> occupants(Destination place) {
    return lane(place.realm())
        .run(OCCUPANTS, List.of(PlaceKeys.place(place)), List.of())
        .map(answer -> occupants(answer, 0));
  }

  /** Session, occupant, session and so on, from {@code first} on. */
  private static List<Occupant> occupants(Response answer, int first) {
    List<Occupant> occupants = new ArrayList<>((answer.size() - first) / 2);
    for (int i = first; i + 1 < answer.size(); i += 2) {
      PlaceKeys.occupant(answer.get(i).toString(), answer.get(i + 1).toString())
          .ifPresent(occupants::add);
    }
    occupants.sort(Comparator.comparingLong(occupant -> occupant.member().number()));
    return List.copyOf(occupants);
  }

  @Override
  public Uni<List<Vacancy>> sweep(String dead) {
    return outside
        .send(() -> Request.cmd(Command.SMEMBERS).arg(PlaceKeys.REALMS))
        .chain(realms ->
            Multi.createFrom()
                .iterable(realms)
                .onItem()
                .transformToUniAndConcatenate(realm -> sweep(lane(realm.toString()), dead))
                .collect()
                .in(ArrayList<Vacancy>::new, List::addAll))
        .chain(vacancies -> lease.forget(dead).replaceWith(() -> List.copyOf(vacancies)));
  }

  private static Uni<List<Vacancy>> sweep(Lane lane, String dead) {
    return lane.run(
            SWEEP,
            List.of(PlaceKeys.members(lane.realm), PlaceKeys.byNode(lane.realm, dead)),
            List.of(dead, PlaceKeys.places(lane.realm)))
        .map(answer -> {
          List<Vacancy> vacancies = new ArrayList<>();
          for (Response vacancy : answer) {
            vacancy(lane.realm, vacancy).ifPresent(vacancies::add);
          }
          return vacancies;
        });
  }

  private static Optional<Vacancy> vacancy(String realm, Response answer) {
    return PlaceKeys.place(realm, answer.get(0).toString())
        .flatMap(place ->
            PlaceKeys.occupant(answer.get(1).toString(), answer.get(2).toString())
                .map(gone -> new Vacancy(place, gone.member(), occupants(answer, 3))));
  }

  /** Whether each realm still knows this node; where one does not, it introduces itself again. */
  Uni<Void> check() {
    return Multi.createFrom()
        .iterable(lanes.values())
        .onItem()
        .transformToUniAndConcatenate(
            lane -> lane.isKnown() ? check(lane) : Uni.createFrom().voidItem())
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> check(Lane lane) {
    return lane.send(
            () -> Request.cmd(Command.SISMEMBER).arg(PlaceKeys.members(lane.realm)).arg(node))
        .chain(known -> known.toInteger() == 1 ? Uni.createFrom().voidItem() : introduce(lane));
  }

  /** Makes the realm know this node; those who ask at the same time wait for the same. */
  private Uni<Void> introduce(Lane lane) {
    return lane.once(() ->
        lease
            .beat()
            .chain(view -> {
              settle(lane, view.epoch());
              return register(lane)
                  .chain(() -> restore(lane))
                  .invoke(() -> lane.epoch = view.epoch());
            }));
  }

  /** In the same epoch it was others who took this node out: what it had is void. */
  private void settle(Lane lane, String epoch) {
    if (epoch.equals(lane.epoch)) {
      Set<SessionId> sessions = lane.holdings.clear();
      if (!sessions.isEmpty()) {
        disowned.accept(new Disowned(sessions));
      }
    }
  }

  private Uni<Void> register(Lane lane) {
    return outside
        .send(() -> Request.cmd(Command.SADD).arg(PlaceKeys.REALMS).arg(lane.realm))
        .chain(() ->
            lane.send(() -> Request.cmd(Command.SADD).arg(PlaceKeys.members(lane.realm)).arg(node)))
        .replaceWithVoid();
  }

  /** Tells Redis again what this node has there; who finds its place taken loses it. */
  private Uni<Void> restore(Lane lane) {
    return Multi.createFrom()
        .iterable(lane.holdings.all())
        .onItem()
        .transformToUni(held ->
            enterOnce(lane, held.place(), held.occupant(), held.capacity())
                .invoke(answer -> restored(lane, held, answer)))
        .merge(BOUND / 4)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void restored(Lane lane, Holdings.Held held, Response answer) {
    if (!answer.get(0).toString().equals("in")) {
      SessionId session = held.occupant().member().session();
      lane.holdings.remove(held.place(), session);
      disowned.accept(new Disowned(Set.of(session)));
    }
  }

  private Lane lane(String realm) {
    return lanes.computeIfAbsent(realm, _ -> new Lane(realm, new Pipeline(redis, timeout, BOUND)));
  }

  /** One realm's operations, in order. A realm is one slot of Redis Cluster, so one pipeline. */
  private static final class Lane {

    private final String realm;
    private final Pipeline pipeline;
    private final Holdings holdings = new Holdings();

    /** The epoch in which this node introduced itself; null if it never did. */
    private volatile @Nullable String epoch;

    private @Nullable Uni<Void> introduction;

    private Lane(String realm, Pipeline pipeline) {
      this.realm = realm;
      this.pipeline = pipeline;
    }

    private boolean isKnown() {
      return epoch != null;
    }

    private Uni<Response> run(Script script, List<String> keys, List<String> arguments) {
      return pipeline.run(script, keys, () -> arguments);
    }

    private Uni<Response> send(Supplier<Request> request) {
      return pipeline.send(request);
    }

    private synchronized Uni<Void> once(Supplier<Uni<Void>> step) {
      if (introduction == null) {
        introduction = step.get().onTermination().invoke(this::introduced).memoize().indefinitely();
      }
      return introduction;
    }

    private synchronized void introduced() {
      introduction = null;
    }
  }
}
