package dev.switchboard.client.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session of a client, from its first welcome on.
 *
 * @param begun its first welcome
 * @param over when the client said so, or was given another session; {@link Long#MAX_VALUE} if
 *     neither
 * @param isReplaced whether another session came after it
 * @param received how often each stamp came
 */
record Life(
    History history,
    String session,
    long begun,
    long over,
    boolean isReplaced,
    List<Entry> entries,
    List<Absence> absences,
    Map<String, Integer> received) {

  /** The sessions of one client, in order. */
  static List<Life> of(History history) {
    List<Life> lives = new ArrayList<>();
    Draft draft = null;
    for (Entry entry : history.entries()) {
      if (entry instanceof Entry.Welcomed welcomed
          && (draft == null || !draft.session.equals(welcomed.session()))) {
        if (draft != null) {
          lives.add(draft.life(history, welcomed.at(), true));
        }
        draft = new Draft(welcomed.session(), welcomed.at());
      }
      if (draft != null) {
        draft.add(entry);
      }
    }
    if (draft != null) {
      lives.add(draft.life(history, draft.ended, false));
    }
    return lives;
  }

  <T extends Entry> List<T> all(Class<T> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean hasReceived(Message message) {
    return received.containsKey(message.stamp());
  }

  /** Whether its client ended it. */
  boolean isEnded() {
    return over != Long.MAX_VALUE && !isReplaced;
  }

  /** Whether it lives, and has a connection, when all is over. */
  boolean isThereInTheEnd() {
    return over == Long.MAX_VALUE && absences.stream().allMatch(Absence::isOver);
  }

  /** When its end began: {@link Long#MAX_VALUE} for one that is there in the end. */
  long died() {
    if (isEnded()) {
      return over;
    }
    boolean wasAway = isReplaced && !absences.isEmpty() && absences.getLast().back() >= over;
    boolean staysAway = !isReplaced && !isThereInTheEnd();
    return wasAway || staysAway ? absences.getLast().lost() : over;
  }

  /** Whether something was lost, says the service, since then. */
  boolean wasToldOfLossSince(long moment) {
    return history.all(Entry.Welcomed.class).stream()
        .anyMatch(welcome -> welcome.at() >= moment && !welcome.recovered());
  }

  /** No two have the same, and what they did is long to compare. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Life life && life.session.equals(session);
  }

  @Override
  public int hashCode() {
    return session.hashCode();
  }

  /** What is gathered of a session while its history is read. */
  private static final class Draft {

    private final String session;
    private final long begun;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Absence> absences = new ArrayList<>();
    private final Map<String, Integer> received = new HashMap<>();
    private @Nullable Long lost;
    private long ended = Long.MAX_VALUE;

    private Draft(String session, long begun) {
      this.session = session;
      this.begun = begun;
    }

    private void add(Entry entry) {
      entries.add(entry);
      switch (entry) {
        case Entry.Lost(long at, int _) -> lost = lost == null ? Long.valueOf(at) : lost;
        case Entry.Welcomed welcomed -> comeBack(welcomed.at());
        case Entry.Ended(long at, int _, String _) -> ended = Math.min(ended, at);
        case Entry.Received it ->
            Stamp.of(it.data()).ifPresent(s -> received.merge(s, 1, Integer::sum));
        case Entry.Sent _,
            Entry.Answered _,
            Entry.Undelivered _,
            Entry.Joining _,
            Entry.Joined _,
            Entry.Leaving _,
            Entry.Left _,
            Entry.PeerJoined _,
            Entry.PeerLeft _,
            Entry.Missed _ -> {}
      }
    }

    private void comeBack(long at) {
      if (lost != null) {
        absences.add(new Absence(lost, at));
        lost = null;
      }
    }

    private Life life(History history, long over, boolean isReplaced) {
      if (lost != null) {
        absences.add(new Absence(lost, isReplaced ? over : Long.MAX_VALUE));
      }
      return new Life(history, session, begun, over, isReplaced, entries, absences, received);
    }
  }
}
