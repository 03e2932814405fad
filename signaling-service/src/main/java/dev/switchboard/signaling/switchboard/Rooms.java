package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.DONE;
import static dev.switchboard.signaling.switchboard.Outcomes.NOTHING;
import static dev.switchboard.signaling.switchboard.Outcomes.refused;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Rooms, and what is said in them. */
@ApplicationScoped
class Rooms {

  private final Directory directory;
  private final Delivery delivery;
  private final Tally tally;

  Rooms(Directory directory, Delivery delivery, Tally tally) {
    this.directory = directory;
    this.delivery = delivery;
    this.tally = tally;
  }

  Uni<Outcome> join(Session session, String name, int capacity) {
    if (!PeerName.isValid(name)) {
      return refused(Reason.BAD_ROOM, name);
    }
    if (!session.caller().grants().allowsRoom(name)) {
      return refused(Reason.FORBIDDEN, name);
    }
    RoomId room = session.roomOf(name);
    if (session.isIn(room)) {
      session.tell(new Event.Joined(name));
      return DONE;
    }
    if (!session.beginStay(room)) {
      return refused(Reason.TOO_MANY_ROOMS, name);
    }
    return directory
        .join(room, new Location(delivery.node(), session.id()), capacity)
        .onFailure()
        .invoke(() -> session.endStay(room))
        .chain(entry ->
            switch (entry) {
              case Entry.Full _ -> {
                session.endStay(room);
                yield refused(Reason.ROOM_FULL, name);
              }
              case Entry.Entered(List<Location> others) -> enter(session, room, others);
            });
  }

  private Uni<Outcome> enter(Session session, RoomId room, List<Location> others) {
    if (!session.settle(room)) {
      return directory.leave(room, session.id()).chain(() -> DONE);
    }
    return tell(room, others, new Event.MemberJoined(room.name(), session.id())).chain(() -> DONE);
  }

  Uni<Outcome> leave(Session session, String name) {
    RoomId room = session.roomOf(name);
    if (!session.endStay(room)) {
      return refused(Reason.NOT_IN_ROOM, name);
    }
    session.tell(new Event.Left(name));
    return tellOfLeaving(session, room).chain(() -> DONE);
  }

  /** Takes a session that has ended out of every room it was in. */
  Uni<Void> leaveAll(Session session) {
    return Multi.createFrom()
        .iterable(session.endStays())
        .onItem()
        .transformToUniAndConcatenate(room -> tellOfLeaving(session, room))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> tellOfLeaving(Session session, RoomId room) {
    return directory
        .leave(room, session.id())
        .chain(others -> tell(room, others, new Event.MemberLeft(room.name(), session.id())));
  }

  Uni<Outcome> publish(Session session, Command.Publish publish) {
    RoomId room = session.roomOf(publish.room());
    if (!session.isIn(room)) {
      return refused(Reason.NOT_IN_ROOM, publish.room());
    }
    Event event = new Event.Published(publish.room(), session.id(), publish.payload());
    return directory
        .members(room)
        .map(members -> without(members, session))
        .chain(others -> tell(room, others, event))
        .invoke(() -> tally.published(room.scope()))
        .chain(() -> DONE);
  }

  private static List<Location> without(List<Location> members, Session session) {
    return members.stream().filter(member -> !member.session().equals(session.id())).toList();
  }

  /** One member's receipt is nobody else's concern: who is gone is about to leave. */
  private Uni<Void> tell(RoomId room, List<Location> members, Event event) {
    if (members.isEmpty()) {
      return NOTHING;
    }
    return Multi.createFrom()
        .iterable(members)
        .onItem()
        .transformToUniAndConcatenate(member -> delivery.dispatch(room, member, event))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
