package dev.switchboard.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a caller may do inside its realm. A list that a token leaves out allows everything; an empty
 * list allows nothing.
 *
 * @param rooms the rooms it may join
 * @param peers the peers it may reach and be reached by: two peers may talk when both allow it
 * @param presence whether it may see who is online
 * @param turn the longest life of TURN credentials handed to it; empty for the service's own cap
 * @param region the TURN region its token prefers
 */
public record Grants(
    List<NamePattern> rooms,
    List<NamePattern> peers,
    boolean presence,
    Optional<Duration> turn,
    Optional<String> region) {

  private static final List<NamePattern> ANY = List.of(NamePattern.ANY);

  /** Everything within the realm. */
  public static final Grants ALL = new Grants(ANY, ANY, true, Optional.empty(), Optional.empty());

  public Grants {
    rooms = List.copyOf(rooms);
    peers = List.copyOf(peers);
  }

  public boolean allowsRoom(String room) {
    return isOneOf(rooms, room);
  }

  public boolean allowsPeer(String peer) {
    return isOneOf(peers, peer);
  }

  /** A loop, because every message asks twice: a stream would be a fiftieth of its cost. */
  private static boolean isOneOf(List<NamePattern> patterns, String name) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }
}
