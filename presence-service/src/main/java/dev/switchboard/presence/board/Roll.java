package dev.switchboard.presence.board;

import dev.switchboard.bus.Change;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Snapshot;
import dev.switchboard.presence.board.PresenceEvent.Cause;
import dev.switchboard.presence.board.PresenceEvent.Kind;
import dev.switchboard.presence.board.PresenceEvent.OfPeer;
import dev.switchboard.presence.board.PresenceEvent.OfRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, in one realm: the state that a snapshot and the changes after it make up. Not safe
 * for several threads. A change costs the logarithm of peers and members, however many there are.
 */
public final class Roll {

  private final Map<String, OnlineSession> sessions = new HashMap<>();
  private final NavigableMap<String, Map<String, OnlineSession>> peers = new TreeMap<>();
  private final NavigableMap<Room, NavigableMap<Member, String>> rooms = new TreeMap<>();
  private final Map<String, String> statuses;

  /** As it was at one moment. */
  public Roll(Snapshot snapshot) {
    this.statuses = new HashMap<>(snapshot.statuses());
    for (OnlineSession session : snapshot.sessions()) {
      add(session);
      session.rooms().forEach((room, meta) -> put(session, room, meta));
    }
  }

  /** The peers that are here, by name, each with its sessions; a view that changes. */
  public NavigableMap<String, Map<String, OnlineSession>> peers() {
    return Collections.unmodifiableNavigableMap(peers);
  }

  /** The rooms that somebody is in, by name, each with its members; a view that changes. */
  public NavigableMap<Room, NavigableMap<Member, String>> rooms() {
    return Collections.unmodifiableNavigableMap(rooms);
  }

  /** The sessions of a peer; none if it is not here. */
  public List<OnlineSession> sessionsOf(String peer) {
    return List.copyOf(peers.getOrDefault(peer, Map.of()).values());
  }

  /** What a peer says of itself, as JSON, or empty; also of one who is not here. */
  public String statusOf(String peer) {
    return statuses.getOrDefault(peer, "");
  }

  /** How many sessions there are. */
  public int size() {
    return sessions.size();
  }

  /** Takes a change in; what it means to those who watch, which is nothing or one event. */
  public List<PresenceEvent> apply(Change change) {
    return switch (change.kind()) {
      case BEGIN -> List.of();
      case OPEN, BACK -> open(change);
      case DESCRIBE -> describe(change);
      case AWAY, GONE -> end(change);
      case JOIN, UPDATE -> join(change);
      case LEAVE -> leave(change);
      case STATUS -> status(change);
    };
  }

  /**
   * Takes a change back. What is known of a session by its change alone, such as what its client
   * said of it before, is lost; who is here, and in which rooms, is as it was.
   */
  void undo(Change change) {
    switch (change.kind()) {
      case OPEN, BACK -> remove(change.session());
      case AWAY, GONE ->
          add(OnlineSession.of(change.scope(), change.peer(), change.session(), Instant.EPOCH));
      case JOIN -> take(change);
      case LEAVE -> {
        @Nullable OnlineSession session = sessions.get(change.session());
        if (session != null) {
          put(session, change.room(), "");
        }
      }
      case BEGIN, DESCRIBE, UPDATE, STATUS -> {}
    }
  }

  private List<PresenceEvent> open(Change change) {
    remove(change.session());
    add(
        new OnlineSession(
            change.scope(),
            change.peer(),
            change.session(),
            change.since(),
            change.more(),
            Map.of()));
    int count = sessionsOf(change.peer()).size();
    return List.of(
        ofPeer(
            change,
            count == 1 ? Kind.ENTER : Kind.UPDATE,
            count == 1 ? Cause.NONE : Cause.SESSION_BEGAN,
            change.more(),
            ""));
  }

  private List<PresenceEvent> describe(Change change) {
    @Nullable OnlineSession before = sessions.get(change.session());
    if (before == null) {
      return List.of();
    }
    replace(before, change.more(), before.rooms());
    return List.of(ofPeer(change, Kind.UPDATE, Cause.DESCRIBED, change.more(), ""));
  }

  private List<PresenceEvent> end(Change change) {
    if (!remove(change.session())) {
      return List.of();
    }
    boolean here = peers.containsKey(change.peer());
    return List.of(
        ofPeer(
            change,
            here ? Kind.UPDATE : Kind.LEAVE,
            here ? Cause.SESSION_ENDED : Cause.NONE,
            "",
            change.more()));
  }

  private List<PresenceEvent> join(Change change) {
    @Nullable OnlineSession session = sessions.get(change.session());
    if (session == null) {
      return List.of();
    }
    boolean before = put(session, change.room(), change.more());
    return List.of(ofRoom(change, before ? Kind.UPDATE : Kind.ENTER, change.more(), ""));
  }

  private List<PresenceEvent> leave(Change change) {
    return take(change) ? List.of(ofRoom(change, Kind.LEAVE, "", change.more())) : List.of();
  }

  private List<PresenceEvent> status(Change change) {
    if (change.more().isEmpty()) {
      statuses.remove(change.peer());
    } else {
      statuses.put(change.peer(), change.more());
    }
    return peers.containsKey(change.peer())
        ? List.of(ofPeer(change, Kind.UPDATE, Cause.STATUS, "", ""))
        : List.of();
  }

  private OfPeer ofPeer(Change change, Kind kind, Cause cause, String meta, String reason) {
    return new OfPeer(
        change.id(),
        kind,
        change.peer(),
        cause,
        change.scope(),
        change.session(),
        meta,
        reason,
        peers.getOrDefault(change.peer(), Map.of()).size(),
        statusOf(change.peer()));
  }

  private OfRoom ofRoom(Change change, Kind kind, String meta, String reason) {
    Room room = new Room(change.scope(), change.room());
    return new OfRoom(
        change.id(),
        kind,
        change.peer(),
        change.session(),
        room,
        meta,
        reason,
        rooms.getOrDefault(room, Collections.emptyNavigableMap()).size());
  }

  private void add(OnlineSession session) {
    sessions.put(session.session(), session);
    peers.computeIfAbsent(session.peer(), _ -> new TreeMap<>()).put(session.session(), session);
  }

  private boolean remove(String session) {
    @Nullable OnlineSession gone = sessions.remove(session);
    if (gone == null) {
      return false;
    }
    gone.rooms().keySet().forEach(room -> takeOut(gone, room));
    peers.computeIfPresent(
        gone.peer(),
        (_, all) -> {
          all.remove(session);
          return all.isEmpty() ? null : all;
        });
    return true;
  }

  private void replace(OnlineSession before, String meta, Map<String, String> in) {
    add(
        new OnlineSession(
            before.scope(), before.peer(), before.session(), before.since(), meta, in));
  }

  /** Whether it was in the room before. */
  private boolean put(OnlineSession session, String room, String meta) {
    Map<String, String> in = new HashMap<>(session.rooms());
    in.put(room, meta);
    replace(session, session.meta(), in);
    return rooms
            .computeIfAbsent(new Room(session.scope(), room), _ -> new TreeMap<>())
            .put(new Member(session.peer(), session.session()), meta)
        != null;
  }

  /** Whether it was in the room. */
  private boolean take(Change change) {
    @Nullable OnlineSession session = sessions.get(change.session());
    if (session == null || !session.rooms().containsKey(change.room())) {
      return false;
    }
    Map<String, String> in = new HashMap<>(session.rooms());
    in.remove(change.room());
    replace(session, session.meta(), in);
    takeOut(session, change.room());
    return true;
  }

  private void takeOut(OnlineSession session, String room) {
    rooms.computeIfPresent(
        new Room(session.scope(), room),
        (_, members) -> {
          members.remove(new Member(session.peer(), session.session()));
          return members.isEmpty() ? null : members;
        });
  }

  /**
   * What must have happened for one state to become another, where nobody knows what did.
   *
   * @param after as it is now
   * @param id the version that it is of
   * @return the peers' events first, then the rooms', by name
   */
  public List<PresenceEvent> differences(Roll after, ChangeId id) {
    List<PresenceEvent> events = new ArrayList<>();
    new Differences(this, after, id).tell(events::add);
    return events;
  }
}
