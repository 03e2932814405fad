package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places that this node has in one realm, so that a Redis that lost them can be told again.
 * Bounded by the connections that the node accepts, times the places a session may be at.
 */
final class Holdings {

  private final Map<Key, Held> held = new HashMap<>();

  synchronized void put(Destination place, Occupant occupant, int capacity) {
    held.put(new Key(place, occupant.member().session()), new Held(place, occupant, capacity));
  }

  synchronized void remove(Destination place, SessionId session) {
    held.remove(new Key(place, session));
  }

  synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  /** Forgets everything, and tells whose it was. */
  synchronized Set<SessionId> clear() {
    Set<SessionId> sessions = new HashSet<>();
    held.keySet().forEach(key -> sessions.add(key.session()));
    held.clear();
    return sessions;
  }

  /** One place of one session, and how many may be there. */
  record Held(Destination place, Occupant occupant, int capacity) {}

  private record Key(Destination place, SessionId session) {}
}
