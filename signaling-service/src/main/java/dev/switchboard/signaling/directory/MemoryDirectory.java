package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The directory of a single node. Its size is bounded by the connections the node accepts, and the
 * rooms a session may be in.
 */
@ApplicationScoped
class MemoryDirectory implements Directory {

  private static final Uni<Claim> GRANTED = Uni.createFrom().item(Claim.GRANTED);
  private static final Uni<Claim> TAKEN = Uni.createFrom().item(Claim.TAKEN);
  private static final Uni<Optional<Location>> NOBODY = Uni.createFrom().item(Optional.empty());

  private static final Entry FULL = new Entry.Full();

  private final ConcurrentMap<Address, Location> holders = new ConcurrentHashMap<>();

  /** Immutable lists, copied on each change: a room is published to far more often than joined. */
  private final ConcurrentMap<RoomId, List<Location>> rooms = new ConcurrentHashMap<>();

  @Override
  public Uni<Claim> claim(Address address, Location location) {
    Location holder = holders.putIfAbsent(address, location);
    return holder == null || holder.equals(location) ? GRANTED : TAKEN;
  }

  @Override
  public Uni<Void> release(Address address, SessionId session) {
    holders.computeIfPresent(
        address, (key, holder) -> holder.session().equals(session) ? null : holder);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Optional<Location>> find(Address address) {
    Location holder = holders.get(address);
    return holder == null ? NOBODY : Uni.createFrom().item(Optional.of(holder));
  }

  @Override
  public Uni<Entry> join(RoomId room, Location location, int capacity) {
    AtomicReference<Entry> entry = new AtomicReference<>(FULL);
    rooms.compute(
        room,
        (_, present) -> {
          List<Location> members = present == null ? List.of() : present;
          List<Location> others = without(members, location.session());
          if (others.size() >= capacity) {
            return present;
          }
          entry.set(new Entry.Entered(others));
          return others.size() < members.size() ? members : with(members, location);
        });
    return Uni.createFrom().item(entry.get());
  }

  @Override
  public Uni<List<Location>> leave(RoomId room, SessionId session) {
    AtomicReference<List<Location>> left = new AtomicReference<>(List.of());
    rooms.computeIfPresent(
        room,
        (_, members) -> {
          List<Location> others = without(members, session);
          if (others.size() < members.size()) {
            left.set(others);
          }
          return others.isEmpty() ? null : others;
        });
    return Uni.createFrom().item(left.get());
  }

  @Override
  public Uni<List<Location>> members(RoomId room) {
    return Uni.createFrom().item(rooms.getOrDefault(room, List.of()));
  }

  private static List<Location> with(List<Location> members, Location one) {
    return Stream.concat(members.stream(), Stream.of(one)).toList();
  }

  private static List<Location> without(List<Location> members, SessionId session) {
    return members.stream().filter(member -> !member.session().equals(session)).toList();
  }
}
