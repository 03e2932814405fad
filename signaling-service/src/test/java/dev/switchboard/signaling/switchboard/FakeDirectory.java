package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory that can be made to take its time over what it has already decided. */
final class FakeDirectory implements Directory {

  final Map<Address, Location> holders = new HashMap<>();
  final Map<RoomId, Map<SessionId, Location>> rooms = new HashMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

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
  public Uni<Claim> claim(Address address, Location location) {
    Location holder = holders.putIfAbsent(address, location);
    return told(holder == null ? Claim.GRANTED : Claim.TAKEN);
  }

  @Override
  public Uni<Void> release(Address address, SessionId session) {
    holders.computeIfPresent(
        address, (_, holder) -> holder.session().equals(session) ? null : holder);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Optional<Location>> find(Address address) {
    return Uni.createFrom().item(Optional.ofNullable(holders.get(address)));
  }

  @Override
  public Uni<Entry> join(RoomId room, Location location, int capacity) {
    Map<SessionId, Location> members = rooms.computeIfAbsent(room, _ -> new LinkedHashMap<>());
    List<Location> others = List.copyOf(members.values());
    if (others.size() >= capacity) {
      return told(new Entry.Full());
    }
    members.put(location.session(), location);
    return told(new Entry.Entered(others));
  }

  @Override
  public Uni<List<Location>> leave(RoomId room, SessionId session) {
    Map<SessionId, Location> members = rooms.getOrDefault(room, new HashMap<>());
    List<Location> left =
        members.remove(session) == null ? List.of() : List.copyOf(members.values());
    if (members.isEmpty()) {
      rooms.remove(room);
    }
    return Uni.createFrom().item(left);
  }

  @Override
  public Uni<List<Location>> members(RoomId room) {
    return Uni.createFrom().item(List.copyOf(rooms.getOrDefault(room, Map.of()).values()));
  }

  private <T> Uni<T> told(T decision) {
    return holding
        ? Uni.createFrom().emitter(emitter -> held.add(() -> emitter.complete(decision)))
        : Uni.createFrom().item(decision);
  }
}
