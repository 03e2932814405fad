package dev.switchboard.client.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A time in which a session was in a room.
 *
 * @param from when it knew so
 * @param to until then it was beyond doubt: it asked to leave, went, or was away before it was
 *     found to be out
 * @param isToDeath whether it never left as long as it lived, for all that it knows
 */
record Stay(Life life, String room, long from, long to, boolean isToDeath) {

  boolean covers(long start, long end) {
    return from <= start && to >= end;
  }

  /**
   * The stays of a session.
   *
   * @param seenLeaving when others were told that it left, by room
   */
  static List<Stay> of(Life life, Map<String, List<Long>> seenLeaving) {
    List<Stay> stays = new ArrayList<>();
    for (Entry entry : life.entries()) {
      if (entry instanceof Entry.Joined(long at, long asked, String room, List<String> _)) {
        long known = knownEnd(life, room, asked);
        long seen = seenEnd(life, at, seenLeaving.getOrDefault(room, List.of()));
        stays.add(new Stay(life, room, at, Math.min(known, seen), known == life.died()));
      }
    }
    return stays;
  }

  /** The end that the session itself knows of. */
  private static long knownEnd(Life life, String room, long asked) {
    long end = life.died();
    for (Entry entry : life.entries()) {
      switch (entry) {
        case Entry.Leaving(long at, String left) when at > asked && left.equals(room) ->
            end = Math.min(end, at);
        case Entry.Welcomed welcome when welcome.at() > asked && !welcome.rooms().contains(room) ->
            end = Math.min(end, lastThere(life, welcome.at()));
        case Entry _ -> {}
      }
    }
    return end;
  }

  /** The end that others saw. */
  private static long seenEnd(Life life, long joined, List<Long> seenLeaving) {
    return seenLeaving.stream()
        .filter(seen -> seen > joined)
        .mapToLong(seen -> lastThere(life, seen))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** When it was last connected for certain before then: what is said of it began after that. */
  private static long lastThere(Life life, long moment) {
    return life.absences().stream()
        .mapToLong(Absence::lost)
        .filter(lost -> lost <= moment)
        .max()
        .orElse(moment);
  }
}
