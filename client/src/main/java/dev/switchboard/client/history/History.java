package dev.switchboard.client.history;

import java.util.List;

/**
 * All that one client recorded, in the order in which it happened.
 *
 * @param peer the name that it went by
 * @param whole false if there was more than was kept
 */
public record History(String peer, List<Entry> entries, boolean whole) {

  public History {
    entries = List.copyOf(entries);
  }

  /** What it has of one kind. */
  public <T extends Entry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
