package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session as the memory twin has it. Guarded by the ledger. */
final class KeptRecord {

  /** How many tickets may be given before its client shows that it got one of them. */
  private static final int TICKETS = 9;

  /** How many ids are remembered; a client has far fewer commands under way. */
  private static final int REMEMBERED = 128;

  final Address peer;
  final SessionId session;
  final Set<RoomId> rooms = new LinkedHashSet<>();
  String meta;
  Terms terms;
  String node;
  long number = 1;
  @Nullable Instant since;
  @Nullable Instant slow;
  boolean barred;
  Leaving why = Leaving.TIMEOUT;
  boolean left;
  boolean overrun;

  /** The confirmed one first, then those given since; the last is the newest. */
  private final List<String> tickets = new ArrayList<>();

  private final Deque<Stored> inbox = new ArrayDeque<>();
  private long seq;
  private long acked;
  private long size;
  private long lastId;
  private final Map<String, String> done =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  KeptRecord(Guest guest, String node) {
    this.peer = guest.peer();
    this.session = guest.session();
    this.meta = guest.meta();
    this.terms = guest.terms();
    tickets.add(guest.ticket());
    this.node = node;
  }

  /** Whether its client may have been given it last. */
  boolean isGood(String ticket) {
    return tickets.contains(ticket);
  }

  boolean isNewest(String ticket) {
    return tickets.getLast().equals(ticket);
  }

  /**
   * Of many the first is kept, which it has for certain, and the last, one of which it may have.
   */
  void give(String ticket) {
    if (tickets.size() >= TICKETS) {
      tickets.remove(1);
    }
    tickets.add(ticket);
  }

  /** Its client has shown that it got the newest. */
  void confirm() {
    tickets.subList(0, tickets.size() - 1).clear();
  }

  long seq() {
    return seq;
  }

  long acked() {
    return acked;
  }

  boolean isAttached() {
    return !node.isEmpty();
  }

  boolean isFull(int entries, long bytes) {
    return inbox.size() >= entries || size >= bytes;
  }

  int waiting() {
    return inbox.size();
  }

  long append(Event event, int length, Optional<SessionId> from, String id) {
    seq++;
    inbox.add(new Stored(new Ledger.Entry(seq, event), length, from, id));
    size += length;
    return seq;
  }

  void acknowledge(long upTo) {
    if (upTo <= acked || upTo > seq) {
      return;
    }
    acked = upTo;
    for (Iterator<Stored> all = inbox.iterator(); all.hasNext(); ) {
      Stored stored = all.next();
      if (stored.entry.number() > upTo) {
        return;
      }
      size -= stored.length;
      all.remove();
    }
  }

  List<Ledger.Entry> after(long number, int most) {
    return inbox.stream()
        .map(Stored::entry)
        .filter(entry -> entry.number() > number)
        .limit(most)
        .toList();
  }

  /** What waits of each sender, by the ids of its commands. */
  Map<SessionId, List<String>> unread() {
    Map<SessionId, List<String>> unread = new LinkedHashMap<>();
    for (Stored stored : inbox) {
      stored.from.ifPresent(
          from -> unread.computeIfAbsent(from, _ -> new ArrayList<>()).add(stored.id));
    }
    return unread;
  }

  /** What came of the command {@code id}, if it did not rise; empty if nobody knows. */
  Optional<Optional<String>> repeated(String id) {
    return Long.parseLong(id) > lastId
        ? Optional.empty()
        : Optional.of(Optional.ofNullable(done.get(id)));
  }

  void remember(String id, String outcome) {
    lastId = Long.parseLong(id);
    done.put(id, outcome);
  }

  private record Stored(Ledger.Entry entry, int length, Optional<SessionId> from, String id) {}
}
