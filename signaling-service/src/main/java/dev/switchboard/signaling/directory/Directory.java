package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Who holds which name, and who is in which room. Every operation is atomic: of two sessions that
 * race for a name or for the last place in a room, one gets it. Methods return at once and may be
 * called on an event loop; a {@code Uni} fails only if the directory itself cannot be reached.
 */
public interface Directory {

  /** Takes {@code address} for the session at {@code location}, unless another one holds it. */
  Uni<Claim> claim(Address address, Location location);

  /** Gives {@code address} back, if {@code session} still holds it; otherwise does nothing. */
  Uni<Void> release(Address address, SessionId session);

  /** Who holds {@code address} now. */
  Uni<Optional<Location>> find(Address address);

  /**
   * Lets the session at {@code location} into {@code room}, unless {@code capacity} others are in
   * it. Joining again changes nothing.
   */
  Uni<Entry> join(RoomId room, Location location, int capacity);

  /**
   * Takes {@code session} out of {@code room}.
   *
   * @return who is still in it; nobody if the session was not in it
   */
  Uni<List<Location>> leave(RoomId room, SessionId session);

  /** Who is in {@code room} now, in the order in which they joined. */
  Uni<List<Location>> members(RoomId room);

  /** What came of joining a room. */
  sealed interface Entry {

    /** It is in, and these were in it already. */
    record Entered(List<Location> others) implements Entry {}

    /** It is not: the room is full. */
    record Full() implements Entry {}
  }

  /** What came of a claim. */
  enum Claim {
    /** The name is the session's, now or already. */
    GRANTED,
    /** Another session holds it. */
    TAKEN
  }
}
