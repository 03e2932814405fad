package dev.switchboard.signaling.switchboard;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.directory.Occupant;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory that can be made to take its time over what it has already decided, or to fail. */
final class FakeDirectory implements Directory {

  final Map<Destination, Map<SessionId, Occupant>> places = new HashMap<>();

  /** Whether it does what it is asked for and then does not say so, as a Redis that goes away. */
  boolean failing;

  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;
  private long numbers;

  /** From now on decisions are taken, but not told. */
  void hold() {
    holding = true;
  }

  /** Tells what was decided, in order. */
  void letGo() {
    holding = false;
    List.copyOf(held).forEach(Runnable::run);
    held.clear();
  }

  @Override
  public Uni<Entry> enter(Destination place, Occupant occupant, int capacity) {
    Map<SessionId, Occupant> present = places.computeIfAbsent(place, _ -> new LinkedHashMap<>());
    SessionId session = occupant.member().session();
    Optional<Occupant> before = Optional.ofNullable(present.get(session));
    List<Occupant> others = without(present, session);
    if (before.isEmpty() && others.size() >= capacity) {
      return told(new Entry.Full());
    }
    Member self =
        occupant
            .member()
            .numbered(before.map(it -> it.member().number()).orElseGet(() -> ++numbers));
    present.put(session, new Occupant(occupant.node(), self));
    return told(new Entry.Entered(self, before, others));
  }

  @Override
  public Uni<Exit> leave(Destination place, Location location) {
    Map<SessionId, Occupant> present = places.getOrDefault(place, new HashMap<>());
    Occupant gone = present.remove(location.session());
    if (present.isEmpty()) {
      places.remove(place);
    }
    return Uni.createFrom()
        .item(
            gone == null
                ? new Exit.NotThere()
                : new Exit.Gone(gone.member(), List.copyOf(present.values())));
  }

  @Override
  public Uni<List<Occupant>> occupants(Destination place) {
    return Uni.createFrom().item(List.copyOf(places.getOrDefault(place, Map.of()).values()));
  }

  @Override
  public Uni<List<Vacancy>> sweep(String node) {
    List<Vacancy> vacancies = new ArrayList<>();
    Map.copyOf(places)
        .forEach((place, present) -> {
          List<Occupant> dead =
              present.values().stream().filter(it -> it.node().equals(node)).toList();
          dead.forEach(it -> present.remove(it.member().session()));
          dead.forEach(
              it -> vacancies.add(new Vacancy(place, it.member(), List.copyOf(present.values()))));
        });
    return Uni.createFrom().item(vacancies);
  }

  @Override
  public String epoch() {
    return "epoch";
  }

  @Override
  public boolean isReachable() {
    return !failing;
  }

  private static List<Occupant> without(Map<SessionId, Occupant> present, SessionId session) {
    return present.values().stream().filter(it -> !it.member().session().equals(session)).toList();
  }

  private <T> Uni<T> told(T decision) {
    if (failing) {
      return Uni.createFrom().failure(new RedisGoneException("gone", null));
    }
    return holding
        ? Uni.createFrom().emitter(emitter -> held.add(() -> emitter.complete(decision)))
        : Uni.createFrom().item(decision);
  }
}
