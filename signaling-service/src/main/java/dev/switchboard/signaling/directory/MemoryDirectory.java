package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The directory of a single node. Its size is bounded by the connections the node accepts, and the
 * places a session may be at.
 */
final class MemoryDirectory implements Directory {

  private static final Entry FULL = new Entry.Full();
  private static final Exit NOT_THERE = new Exit.NotThere();
  private static final Uni<List<Occupant>> NOBODY = Uni.createFrom().item(List.of());

  private final String epoch = SessionId.fresh().value();
  private final ConcurrentMap<Destination, Place> places = new ConcurrentHashMap<>();

  @Override
  public Uni<Entry> enter(Destination place, Occupant occupant, int capacity) {
    return Uni.createFrom().deferred(() -> enterNow(place, occupant, capacity));
  }

  private Uni<Entry> enterNow(Destination where, Occupant occupant, int capacity) {
    AtomicReference<Entry> entry = new AtomicReference<>(FULL);
    places.compute(
        where,
        (_, present) -> {
          Place place = present == null ? Place.EMPTY : present;
          SessionId session = occupant.member().session();
          List<Occupant> others = place.without(session);
          Optional<Occupant> before = place.find(session);
          if (before.isEmpty() && others.size() >= capacity) {
            return present;
          }
          Member self =
              occupant
                  .member()
                  .numbered(before.map(it -> it.member().number()).orElse(place.last + 1));
          entry.set(new Entry.Entered(self, before, others));
          return place.with(new Occupant(occupant.node(), self));
        });
    return Uni.createFrom().item(entry.get());
  }

  @Override
  public Uni<Exit> leave(Destination place, Location location) {
    return Uni.createFrom().deferred(() -> leaveNow(place, location));
  }

  private Uni<Exit> leaveNow(Destination where, Location location) {
    AtomicReference<Exit> exit = new AtomicReference<>(NOT_THERE);
    places.computeIfPresent(
        where,
        (_, place) -> {
          Optional<Occupant> occupant =
              place.find(location.session()).filter(it -> it.node().equals(location.node()));
          if (occupant.isEmpty()) {
            return place;
          }
          List<Occupant> others = place.without(location.session());
          exit.set(new Exit.Gone(occupant.get().member(), others));
          return others.isEmpty() ? null : new Place(others, place.last);
        });
    return Uni.createFrom().item(exit.get());
  }

  @Override
  public Uni<List<Occupant>> occupants(Destination place) {
    Place present = places.get(place);
    return present == null ? NOBODY : Uni.createFrom().item(present.occupants);
  }

  /** The only node there is sweeps nobody. */
  @Override
  public Uni<List<Vacancy>> sweep(String node) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public boolean isReachable() {
    return true;
  }

  /**
   * Immutable, copied on each change: a room is published to far more often than joined.
   *
   * @param occupants in the order in which they came
   * @param last the highest number so far
   */
  private record Place(List<Occupant> occupants, long last) {

    private static final Place EMPTY = new Place(List.of(), 0);

    private Optional<Occupant> find(SessionId session) {
      return occupants.stream().filter(it -> it.member().session().equals(session)).findFirst();
    }

    private List<Occupant> without(SessionId session) {
      return occupants.stream().filter(it -> !it.member().session().equals(session)).toList();
    }

    private Place with(Occupant one) {
      SessionId session = one.member().session();
      return one.member().number() > last
          ? new Place(
              Stream.concat(occupants.stream(), Stream.of(one)).toList(), one.member().number())
          : new Place(
              occupants.stream()
                  .map(it -> it.member().session().equals(session) ? one : it)
                  .toList(),
              last);
    }
  }
}
