package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms a session is in, in the order in which it joined them. Guarded by the session that owns
 * it; empty, it takes no memory.
 *
 * <p>Between asking the directory for a place and telling the client that it has one, others may
 * already speak to it as a member. What they say is held back until the client knows that it is in.
 */
final class Memberships {

  /** The most rooms of a session. */
  static final int MAX_ROOMS = 32;

  /** The most events held back for a room that is being joined. */
  static final int MAX_HELD = 256;

  private Map<RoomId, Stay> rooms = Map.of();

  /** How the session stands to {@code room}: about to be in it, in it, or neither. */
  @Nullable Stay in(RoomId room) {
    return rooms.get(room);
  }

  boolean areFull() {
    return rooms.size() >= MAX_ROOMS;
  }

  /** From now on what is said in {@code room} is held back. */
  void begin(RoomId room) {
    if (rooms.isEmpty()) {
      rooms = LinkedHashMap.newLinkedHashMap(1);
    }
    rooms.put(room, new Stay.Joining(new ArrayList<>()));
  }

  /**
   * From now on nothing is held back any longer.
   *
   * @param self as the others in it know the session
   * @return what was, in the order in which it came
   */
  List<Event> settle(RoomId room, Member self) {
    return switch (rooms.put(room, new Stay.Settled(self))) {
      case Stay.Joining(List<Event> held) -> held;
      case Stay.Settled _ -> List.of();
      case null -> List.of();
    };
  }

  /** How the session stood to {@code room}; it is in it no longer. */
  @Nullable Stay end(RoomId room) {
    return rooms.isEmpty() ? null : rooms.remove(room);
  }

  /** The rooms it is in. */
  Set<RoomId> all() {
    return new LinkedHashSet<>(rooms.keySet());
  }

  /** Leaves all rooms and tells which they were. */
  Set<RoomId> endAll() {
    Set<RoomId> all = rooms.keySet();
    rooms = Map.of();
    return all;
  }

  /** How a session stands to a room it is in. */
  sealed interface Stay {

    /** It has asked for a place; what others say meanwhile is held back. */
    record Joining(List<Event> held) implements Stay {

      /** Whether there was room for one more. */
      boolean hold(Event event) {
        return held.size() < MAX_HELD && held.add(event);
      }
    }

    /** It is in, its client knows, and the others know it as {@code self}. */
    record Settled(Member self) implements Stay {}
  }
}
