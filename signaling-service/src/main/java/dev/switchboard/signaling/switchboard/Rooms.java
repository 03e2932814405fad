package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.DONE;
import static dev.switchboard.signaling.switchboard.Outcomes.NOTHING;
import static dev.switchboard.signaling.switchboard.Outcomes.done;
import static dev.switchboard.signaling.switchboard.Outcomes.eventually;
import static dev.switchboard.signaling.switchboard.Outcomes.refused;
import static dev.switchboard.signaling.switchboard.Outcomes.told;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Parcel;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.directory.Directory.Exit;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.directory.Occupant;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  /** The reply comes before anything that is said in the room. */
  Uni<Void> join(FleetingSession session, Command.Join join, Reply reply) {
    String name = join.room();
    if (!PeerName.isValid(name)) {
      return told(reply, refused(Reason.BAD_ROOM, name));
    }
    RoomId room = session.roomOf(name);
    if (!session.caller().grants().allowsRoom(name)) {
      // It may have come back to a session that is in it, with a token that does not allow it.
      session.doubt(room);
      return told(reply, refused(Reason.FORBIDDEN, name));
    }
    boolean again = session.in(room) != null;
    if (!again && !session.beginStay(room)) {
      return told(reply, refused(Reason.TOO_MANY_ROOMS, name));
    }
    return directory
        .enter(room, occupant(session, join.meta()), join.capacity())
        .onFailure()
        .invoke(() -> {
          if (!again) {
            session.endStay(room);
            session.doubt(room);
          }
        })
        .chain(entry ->
            switch (entry) {
              case Entry.Full _ -> {
                session.endStay(room);
                yield told(reply, refused(Reason.ROOM_FULL, name));
              }
              case Entry.Entered entered -> enter(session, room, again, entered, reply);
            });
  }

  private Uni<Void> enter(
      FleetingSession session, RoomId room, boolean again, Entry.Entered entered, Reply reply) {
    Outcome joined =
        new Outcome.Joined(
            room.name(), entered.self(), entered.others().stream().map(Occupant::member).toList());
    if (!session.settle(room, entered.self(), () -> reply.tell(joined))) {
      return eventually(directory.leave(room, here(session))).replaceWithVoid();
    }
    entered
        .before()
        .filter(before -> !before.node().equals(delivery.node()))
        .ifPresent(before -> supersede(session, room, before));
    news(room, again, entered).ifPresent(event -> tell(session, room, entered.others(), event));
    return NOTHING;
  }

  /** The same session was attached at another node, which may not know that it is gone. */
  private void supersede(FleetingSession session, RoomId room, Occupant before) {
    delivery.dispatch(
        session.parcel(room, delivery.node(), new Event.Superseded()), List.of(before.location()));
  }

  /** What the others make of it. */
  private static Optional<Event> news(RoomId room, boolean again, Entry.Entered entered) {
    Member self = entered.self();
    if (entered.before().isEmpty()) {
      return Optional.of(new Event.MemberJoined(room.name(), self, Arrival.NEW));
    }
    boolean same = entered.before().get().member().meta().equals(self.meta());
    if (again) {
      return same ? Optional.empty() : Optional.of(new Event.MemberUpdated(room.name(), self));
    }
    return Optional.of(
        new Event.MemberJoined(room.name(), self, same ? Arrival.BACK : Arrival.AFRESH));
  }

  Uni<Outcome> leave(FleetingSession session, String name) {
    RoomId room = session.roomOf(name);
    @Nullable Member self = session.in(room);
    if (self == null || !session.endStay(room)) {
      return refused(Reason.NOT_IN_ROOM, name);
    }
    return leave(session, room, Leaving.LEFT).chain(() -> done(new Outcome.Left(name, self)));
  }

  /** Takes a session that has ended out of every room it was in. */
  Uni<Void> leaveAll(FleetingSession session, Leaving leaving) {
    return inTurn(session.endStays(), room -> leave(session, room, leaving))
        .chain(() ->
            inTurn(
                session.doubts(),
                place ->
                    switch (place) {
                      case RoomId room -> leave(session, room, leaving);
                      case Address _, Seat _ ->
                          eventually(directory.leave(place, here(session))).replaceWithVoid();
                    }));
  }

  private Uni<Void> leave(FleetingSession session, RoomId room, Leaving leaving) {
    return eventually(directory.leave(room, here(session)))
        .invoke(exit -> {
          if (exit instanceof Exit.Gone(Member gone, List<Occupant> others)) {
            tell(session, room, others, new Event.MemberLeft(room.name(), gone, leaving));
          }
        })
        .replaceWithVoid();
  }

  /** Tells the others of a place what a node that died has left there. */
  void tellOfLoss(String node, Directory.Vacancy vacancy) {
    if (vacancy.place() instanceof RoomId room) {
      Member gone = vacancy.gone();
      delivery.dispatch(
          new Parcel(
              room,
              new Location(node, gone.session()),
              new Event.MemberLeft(room.name(), gone, Leaving.NODE_LOST)),
          vacancy.others().stream().map(Occupant::location).toList());
    }
  }

  Uni<Outcome> publish(FleetingSession session, Command.Publish publish) {
    return say(session, publish.room(), publish.payload(), _ -> true, DONE);
  }

  Uni<Outcome> whisper(FleetingSession session, Command.Whisper whisper) {
    return say(
        session,
        whisper.room(),
        whisper.payload(),
        other -> other.number() == whisper.number(),
        refused(Reason.UNKNOWN_PEER, Long.toString(whisper.number())));
  }

  private Uni<Outcome> say(
      FleetingSession session,
      String name,
      Payload payload,
      Predicate<Member> to,
      Uni<Outcome> ifNobody) {
    RoomId room = session.roomOf(name);
    @Nullable Member self = session.in(room);
    if (self == null) {
      return refused(Reason.NOT_IN_ROOM, name);
    }
    return directory
        .occupants(room)
        .chain(occupants -> {
          List<Occupant> others =
              occupants.stream()
                  .filter(other -> !other.member().session().equals(session.id()))
                  .filter(other -> to.test(other.member()))
                  .toList();
          if (others.isEmpty()) {
            return ifNobody;
          }
          tell(session, room, others, new Event.Published(name, self, payload));
          tally.published(room.scope());
          return DONE;
        });
  }

  Uni<Outcome> describe(FleetingSession session, String meta) {
    return inTurn(session.rooms(), room -> describe(session, room, meta)).chain(() -> DONE);
  }

  private Uni<Void> describe(FleetingSession session, RoomId room, String meta) {
    return directory
        .enter(room, occupant(session, meta), Integer.MAX_VALUE)
        .invoke(entry -> {
          if (entry instanceof Entry.Entered entered) {
            session.describe(room, entered.self());
            tell(
                session,
                room,
                entered.others(),
                new Event.MemberUpdated(room.name(), entered.self()));
          }
        })
        .replaceWithVoid();
  }

  Uni<Outcome> list(FleetingSession session, Command.List list) {
    RoomId room = session.roomOf(list.room());
    if (session.in(room) == null) {
      return refused(Reason.NOT_IN_ROOM, list.room());
    }
    return directory
        .occupants(room)
        .map(occupants -> page(list, occupants.stream().map(Occupant::member).toList()));
  }

  /** Those of {@code members} that are asked for. */
  static Outcome page(Command.List list, List<Member> members) {
    List<Member> further =
        members.stream().filter(member -> member.number() > list.after()).toList();
    boolean more = further.size() > list.most();
    return new Outcome.Listed(list.room(), more ? further.subList(0, list.most()) : further, more);
  }

  private void tell(FleetingSession session, RoomId room, List<Occupant> others, Event event) {
    if (!others.isEmpty()) {
      delivery.dispatch(
          session.parcel(room, delivery.node(), event),
          others.stream().map(Occupant::location).toList());
    }
  }

  private Occupant occupant(FleetingSession session, String meta) {
    @Nullable Address name = session.address();
    return new Occupant(
        delivery.node(), Member.newcomer(session.id(), name == null ? "" : name.name(), meta));
  }

  private Location here(FleetingSession session) {
    return new Location(delivery.node(), session.id());
  }

  private static <T> Uni<Void> inTurn(Collection<T> places, Function<T, Uni<Void>> step) {
    return Multi.createFrom()
        .iterable(places)
        .onItem()
        .transformToUniAndConcatenate(step::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
