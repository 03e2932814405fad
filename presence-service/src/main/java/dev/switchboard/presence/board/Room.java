package dev.switchboard.presence.board;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A room: dialects do not share rooms, so the same name in two scopes is two rooms. */
public record Room(String scope, String name) implements Comparable<Room> {

  private static final Comparator<Room> ORDER =
      Comparator.comparing(Room::name).thenComparing(Room::scope);

  /** Of this dialect; where none is said, of the one whose rooms most clients are in. */
  public static Room of(@Nullable String scope, String name) {
    return new Room(Objects.requireNonNullElse(scope, "v1"), name);
  }

  @Override
  public int compareTo(Room other) {
    return ORDER.compare(this, other);
  }
}
