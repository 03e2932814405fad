package dev.switchboard.client.history;

import dev.switchboard.client.Target;
import dev.switchboard.client.history.Entry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A history that nobody lived through; times are seconds. */
final class Forged {

  private static final long SECOND = 1_000_000_000L;

  private final String peer;
  private final List<Entry> entries = new ArrayList<>();

  private Forged(String peer) {
    this.peer = peer;
  }

  /** One who has a session from the start. */
  static Forged peer(String peer, String session) {
    return new Forged(peer).welcomed(0, session, false, true);
  }

  private Forged add(Entry entry) {
    entries.add(entry);
    return this;
  }

  private static long at(double seconds) {
    return (long) (seconds * SECOND);
  }

  private Forged welcomed(
      double at, String session, boolean resumed, boolean recovered, String... rooms) {
    return add(new Entry.Welcomed(at(at), session, "e", resumed, recovered, List.of(rooms)));
  }

  Forged resumed(double at, String session, String... rooms) {
    return welcomed(at, session, true, true, rooms);
  }

  Forged begunAgain(double at, String session) {
    return welcomed(at, session, false, false);
  }

  Forged lost(double at) {
    return add(new Entry.Lost(at(at), 1006));
  }

  /** Sends at a time and is told {@code ok} half a second later. */
  Forged sends(double at, Target target, long id) {
    return sends(at, target, id, Outcome.OK);
  }

  Forged sends(double at, Target target, long id, Outcome outcome) {
    String stamp = peer + "-" + id;
    add(new Entry.Sent(at(at), stamp, target, Stamp.on(stamp, "x")));
    return add(new Entry.Answered(at(at + 0.5), stamp, id, outcome));
  }

  Forged gets(double at, String from, String session, long id) {
    return gets(at, Optional.empty(), from, session, Stamp.on(from + "-" + id, "x"));
  }

  Forged getsInRoom(double at, String room, String from, String session, long id) {
    return gets(at, Optional.of(room), from, session, Stamp.on(from + "-" + id, "x"));
  }

  Forged gets(double at, Optional<String> room, String from, String session, String data) {
    return add(new Entry.Received(at(at), 1, room, from, session, data));
  }

  Forged undelivered(double at, String to, long id) {
    return add(new Entry.Undelivered(at(at), to, Optional.empty(), List.of(id)));
  }

  Forged undelivered(double at, String to, String session, long id) {
    return add(new Entry.Undelivered(at(at), to, Optional.of(session), List.of(id)));
  }

  Forged joins(double at, String room, String... others) {
    add(new Entry.Joining(at(at), room));
    return add(new Entry.Joined(at(at + 0.5), at(at), room, List.of(others)));
  }

  Forged leaves(double at, String room) {
    add(new Entry.Leaving(at(at), room));
    return add(new Entry.Left(at(at + 0.5), at(at), room));
  }

  /** Asks to leave and to join again at once, and is answered half a second later. */
  Forged leavesAndJoins(double at, String room, String... others) {
    add(new Entry.Leaving(at(at), room));
    add(new Entry.Joining(at(at), room));
    add(new Entry.Left(at(at + 0.5), at(at), room));
    return add(new Entry.Joined(at(at + 0.5), at(at), room, List.of(others)));
  }

  Forged seesJoin(double at, String room, String session) {
    return add(new Entry.PeerJoined(at(at), room, session));
  }

  Forged seesLeave(double at, String room, String session) {
    return seesLeave(at, room, session, "timeout");
  }

  Forged seesLeave(double at, String room, String session, String reason) {
    return add(new Entry.PeerLeft(at(at), room, session, reason));
  }

  Forged misses(double at) {
    return add(new Entry.Missed(at(at), 2, 4));
  }

  Forged ends(double at) {
    return add(new Entry.Ended(at(at), 1000, ""));
  }

  History history() {
    return new History(peer, entries, true);
  }

  static Verdict judged(Forged... histories) {
    return Checker.check(
        List.of(histories).stream().map(Forged::history).toList(), Bounds.defaults());
  }
}
