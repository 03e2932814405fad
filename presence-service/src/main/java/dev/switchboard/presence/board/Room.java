package dev.switchboard.presence.board;

import java.util.Comparator;

/** A room: dialects do not share rooms, so the same name in two scopes is two rooms. */
public record Room(String scope, String name) implements Comparable<Room> {

  private static final Comparator<Room> ORDER =
      Comparator.comparing(Room::name).thenComparing(Room::scope);

  @Override
  public int compareTo(Room other) {
    return ORDER.compare(this, other);
  }
}
