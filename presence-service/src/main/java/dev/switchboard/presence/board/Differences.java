package dev.switchboard.presence.board;

import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.presence.board.PresenceEvent.Cause;
import dev.switchboard.presence.board.PresenceEvent.Kind;
import dev.switchboard.presence.board.PresenceEvent.OfPeer;
import dev.switchboard.presence.board.PresenceEvent.OfRoom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What differs between two states of a realm. Each difference has a part of the later version. */
final class Differences {

  /** Why somebody went of whom it is only known that it is gone. */
  private static final String UNKNOWN = "unknown";

  private final Roll before;
  private final Roll after;
  private final ChangeId id;
  private int part;

  Differences(Roll before, Roll after, ChangeId id) {
    this.before = before;
    this.after = after;
    this.id = id;
  }

  void tell(Consumer<PresenceEvent> to) {
    for (String peer : union(before.peers().keySet(), after.peers().keySet())) {
      ofPeer(peer, to);
    }
    for (Room room : union(before.rooms().keySet(), after.rooms().keySet())) {
      ofRoom(room, to);
    }
  }

  private void ofPeer(String peer, Consumer<PresenceEvent> to) {
    List<OnlineSession> was = before.sessionsOf(peer);
    List<OnlineSession> is = after.sessionsOf(peer);
    if (is.isEmpty()) {
      to.accept(ofPeer(peer, Kind.LEAVE, Cause.NONE, was.getLast(), UNKNOWN, 0));
    } else if (was.isEmpty()) {
      to.accept(ofPeer(peer, Kind.ENTER, Cause.NONE, is.getLast(), "", is.size()));
    } else if (!described(was).equals(described(is))
        || !before.statusOf(peer).equals(after.statusOf(peer))) {
      to.accept(ofPeer(peer, Kind.UPDATE, Cause.RESYNCED, is.getLast(), "", is.size()));
    }
  }

  private static List<Map.Entry<String, String>> described(List<OnlineSession> sessions) {
    return sessions.stream().map(one -> Map.entry(one.session(), one.meta())).toList();
  }

  private OfPeer ofPeer(
      String peer, Kind kind, Cause cause, OnlineSession session, String reason, int sessions) {
    return new OfPeer(
        next(),
        kind,
        peer,
        cause,
        session.scope(),
        session.session(),
        kind == Kind.LEAVE ? "" : session.meta(),
        reason,
        sessions,
        after.statusOf(peer));
  }

  private void ofRoom(Room room, Consumer<PresenceEvent> to) {
    NavigableMap<Member, String> was = membersOf(before, room);
    NavigableMap<Member, String> is = membersOf(after, room);
    for (Member member : union(was.keySet(), is.keySet())) {
      @Nullable String then = was.get(member);
      @Nullable String now = is.get(member);
      if (now == null) {
        to.accept(ofRoom(room, Kind.LEAVE, member, "", UNKNOWN, is.size()));
      } else if (!now.equals(then)) {
        Kind kind = then == null ? Kind.ENTER : Kind.UPDATE;
        to.accept(ofRoom(room, kind, member, now, "", is.size()));
      }
    }
  }

  private static NavigableMap<Member, String> membersOf(Roll roll, Room room) {
    return roll.rooms().getOrDefault(room, Collections.emptyNavigableMap());
  }

  private OfRoom ofRoom(
      Room room, Kind kind, Member member, String meta, String reason, int members) {
    return new OfRoom(next(), kind, member.peer(), member.session(), room, meta, reason, members);
  }

  private ChangeId next() {
    return id.part(++part);
  }

  private static <T extends Comparable<T>> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }
}
