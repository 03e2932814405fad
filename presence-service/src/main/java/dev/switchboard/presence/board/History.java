package dev.switchboard.presence.board;

import dev.switchboard.bus.Change;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The events of one realm that were told last, so that whoever lost its connection can go on where
 * it was, at any pod. Bounded: the oldest makes room. Not safe for several threads.
 */
public final class History {

  private final int bound;
  private final Deque<PresenceEvent> events = new ArrayDeque<>();

  /** All events after this one are here. */
  private ChangeId floor;

  private History(int bound, ChangeId floor) {
    this.bound = bound;
    this.floor = floor;
  }

  /**
   * What a pod that begins to follow now would have told, had it followed earlier. The changes are
   * taken back one by one, and then happen again.
   *
   * @param earlier all changes that are kept up to the snapshot, the earliest first
   */
  public static History before(Snapshot snapshot, List<Change> earlier, int bound) {
    Roll roll = new Roll(snapshot);
    earlier.reversed().forEach(roll::undo);
    History history =
        new History(bound, earlier.isEmpty() ? snapshot.id() : earlier.getFirst().id());
    earlier.forEach(change -> history.add(roll.apply(change)));
    return history;
  }

  /** These were told. */
  public void add(List<PresenceEvent> told) {
    for (PresenceEvent event : told) {
      if (events.size() == bound) {
        floor = events.removeFirst().id();
      }
      events.addLast(event);
    }
  }

  /** What was told after {@code id}; nothing if that is too long ago, or never was. */
  public Optional<List<PresenceEvent>> after(ChangeId id) {
    if (id.compareTo(floor) < 0) {
      return Optional.empty();
    }
    List<PresenceEvent> later = new ArrayList<>();
    var latest = events.descendingIterator();
    while (latest.hasNext()) {
      PresenceEvent event = latest.next();
      if (event.id().compareTo(id) <= 0) {
        break;
      }
      later.addFirst(event);
    }
    return Optional.of(later);
  }
}
