package dev.switchboard.client.history;

import dev.switchboard.client.history.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is seen in rooms, and seen leaving them: those who went, soon, once, and nobody else. */
final class Departures {

  private final Map<String, Life> lives = new HashMap<>();
  private final List<Stay> stays;
  private final Bounds bounds;
  private final long end;
  private final List<Finding> findings = new ArrayList<>();

  Departures(List<Life> lives, List<Stay> stays, Bounds bounds) {
    lives.forEach(life -> this.lives.put(life.session(), life));
    this.stays = stays;
    this.bounds = bounds;
    this.end =
        lives.stream()
            .flatMap(life -> life.entries().stream())
            .mapToLong(Entry::at)
            .max()
            .orElse(Long.MIN_VALUE);
  }

  List<Finding> findings() {
    for (Life watcher : lives.values()) {
      checkLists(watcher);
      checkTold(watcher);
    }
    stays.stream().filter(this::isOfOneWhoDied).forEach(this::checkWatched);
    return findings;
  }

  /** Nobody is listed who went long ago. */
  private void checkLists(Life watcher) {
    for (Entry.Joined joined : watcher.all(Entry.Joined.class)) {
      for (String session : joined.sessions()) {
        @Nullable Life listed = lives.get(session);
        if (listed != null && wasGone(listed, joined)) {
          report(Kind.GHOST, listed.history().peer() + " is listed", joined);
        }
      }
    }
  }

  private boolean wasGone(Life listed, Entry.Joined joined) {
    boolean diedLongAgo =
        listed.died() != Long.MAX_VALUE
            && joined.asked() - listed.died() > bounds.leftWithin().toNanos();
    return diedLongAgo || hasLeft(listed, joined);
  }

  private static boolean hasLeft(Life listed, Entry.Joined joined) {
    Optional<Entry.Left> left =
        listed.all(Entry.Left.class).stream()
            .filter(it -> it.room().equals(joined.room()) && it.at() < joined.asked())
            .reduce((_, last) -> last);
    return left.isPresent()
        && listed.all(Entry.Joining.class).stream()
            .filter(it -> it.room().equals(joined.room()))
            .noneMatch(it -> it.at() >= left.get().asked() && it.at() <= joined.at());
  }

  /** What one is told of others: each goes once, and only if it went. */
  private void checkTold(Life watcher) {
    Map<String, Set<String>> gone = new HashMap<>();
    for (Entry entry : watcher.entries()) {
      switch (entry) {
        case Entry.PeerLeft left -> {
          if (!gone.computeIfAbsent(left.room(), _ -> new HashSet<>()).add(left.session())) {
            report(Kind.LEFT_TWICE, watcher.history().peer() + " was told twice", left);
          }
          @Nullable Life life = lives.get(left.session());
          if (life != null && !hasReasonToLeave(life, left)) {
            report(
                Kind.SEEN_LEAVING,
                watcher.history().peer() + " saw " + life.history().peer() + " leave",
                left);
          }
        }
        case Entry.PeerJoined joined ->
            gone.getOrDefault(joined.room(), new HashSet<>()).remove(joined.session());
        case Entry.Joined joined ->
            gone.getOrDefault(joined.room(), new HashSet<>()).removeAll(joined.sessions());
        case Entry _ -> {}
      }
    }
  }

  private boolean hasReasonToLeave(Life life, Entry.PeerLeft told) {
    boolean hasGone = life.died() <= told.at();
    if (told.reason().equals("left")) {
      boolean asked =
          life.all(Entry.Leaving.class).stream()
              .anyMatch(it -> it.room().equals(told.room()) && it.at() <= told.at());
      return asked || hasGone;
    }
    boolean wasAwayForLong =
        life.absences().stream()
            .anyMatch(absence ->
                absence.lost() <= told.at()
                    && absence.isLongerThan(bounds.leaveAfter().minus(bounds.slack())));
    boolean beganAgain =
        life.all(Entry.Welcomed.class).stream().skip(1).anyMatch(it -> !it.recovered());
    return wasAwayForLong || beganAgain || hasGone;
  }

  private boolean isOfOneWhoDied(Stay stay) {
    return stay.isToDeath() && stay.life().died() != Long.MAX_VALUE;
  }

  /** Whoever is in the room and knows of it is told in time that it went. */
  private void checkWatched(Stay dead) {
    for (Stay watching : stays) {
      if (watching.room().equals(dead.room()) && !watching.life().equals(dead.life())) {
        checkWatched(dead, watching);
      }
    }
  }

  private void checkWatched(Stay dead, Stay watching) {
    long died = dead.life().died();
    long deadline = deadline(watching.life(), died);
    if (end >= deadline
        && watching.covers(died, deadline)
        && (knows(watching, dead, deadline) || knows(watching, dead, end))) {
      report(
          Kind.GHOST,
          "%s was not told in time that %s went"
              .formatted(watching.life().history().peer(), dead.life().history().peer()),
          dead.life().entries().getLast());
    }
  }

  /** Until when one is to be told of a death; who was away has that time after coming back. */
  private long deadline(Life watcher, long died) {
    long bound = bounds.leftWithin().toNanos();
    long deadline = died + bound;
    for (Absence absence : watcher.absences()) {
      if (absence.touches(died, deadline)) {
        deadline = absence.isOver() ? absence.back() + bound : Long.MAX_VALUE;
      }
    }
    return deadline;
  }

  /** Whether to this one, at that moment, that one is in the room. */
  private static boolean knows(Stay watching, Stay dead, long moment) {
    String session = dead.life().session();
    boolean knows = false;
    for (Entry entry : watching.life().entries()) {
      if (entry.at() < watching.from() || entry.at() > moment) {
        continue;
      }
      knows =
          switch (entry) {
            case Entry.Joined joined when joined.room().equals(watching.room()) ->
                joined.sessions().contains(session);
            case Entry.PeerJoined joined
                when isOf(joined.room(), joined.session(), watching, session) ->
                true;
            case Entry.PeerLeft left when isOf(left.room(), left.session(), watching, session) ->
                false;
            case Entry _ -> knows;
          };
    }
    return knows;
  }

  private static boolean isOf(String room, String who, Stay watching, String session) {
    return room.equals(watching.room()) && who.equals(session);
  }

  private void report(Kind kind, String says, Entry... evidence) {
    findings.add(Finding.of(kind, says, evidence));
  }
}
