package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.DONE;
import static dev.switchboard.signaling.switchboard.Outcomes.NOTHING;
import static dev.switchboard.signaling.switchboard.Outcomes.refused;

import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Names, and what peers send each other by name. */
@ApplicationScoped
class Calls {

  private final Directory directory;
  private final Delivery delivery;
  private final Announcer announcer;
  private final Tally tally;

  Calls(Directory directory, Delivery delivery, Announcer announcer, Tally tally) {
    this.directory = directory;
    this.delivery = delivery;
    this.announcer = announcer;
    this.tally = tally;
  }

  Uni<Outcome> claim(Session session, String name) {
    if (!PeerName.isValid(name)) {
      return refused(Reason.BAD_NAME);
    }
    if (!session.caller().maySpeakAs(name)) {
      return refused(Reason.NOT_YOUR_NAME);
    }
    Address wanted = session.addressOf(name);
    if (wanted.equals(session.address())) {
      session.tell(new Event.Claimed(name));
      return DONE;
    }
    return directory
        .claim(wanted, new Location(delivery.node(), session.id()))
        .chain(claim ->
            switch (claim) {
              case TAKEN -> refused(Reason.NAME_TAKEN);
              case GRANTED -> depart(session).chain(() -> arrive(session, wanted));
            });
  }

  private Uni<Outcome> arrive(Session session, Address address) {
    if (!session.arrive(address)) {
      return directory.release(address, session.id()).chain(() -> DONE);
    }
    announcer.entered(address, session.id());
    session.tell(new Event.Claimed(address.name()));
    return DONE;
  }

  /** Gives up the name, if there is one, after whoever was tied to it has been told. */
  Uni<Void> depart(Session session) {
    Optional<Session.Departure> departed = session.depart();
    if (departed.isEmpty()) {
      return NOTHING;
    }
    Session.Departure departure = departed.get();
    announcer.left(departure.address(), session.id());
    return tellOfHangUp(departure.address(), departure.partners())
        .chain(() -> directory.release(departure.address(), session.id()));
  }

  Uni<Outcome> send(Session session, Command.Send send) {
    Address self = session.address();
    if (self == null) {
      return refused(Reason.NO_NAME);
    }
    String to = send.to();
    if (!session.caller().grants().allowsPeer(to)) {
      return refused(Reason.FORBIDDEN, to);
    }
    return directory
        .find(self.sibling(to))
        .chain(found ->
            found.isEmpty()
                ? refused(Reason.UNKNOWN_PEER, to)
                : send(session, self, send, found.get()));
  }

  private Uni<Outcome> send(Session session, Address self, Command.Send send, Location receiver) {
    // The tie is made before the signal leaves: the answer, or a hang-up, may be back at once.
    Partners.Tie tie = send.signal().links() ? session.tie(send.to()) : Partners.Tie.HELD;
    if (tie == Partners.Tie.FULL) {
      return refused(Reason.BUSY, send.to());
    }
    return delivery
        .dispatch(
            self.sibling(send.to()),
            receiver,
            new Event.Received(self.name(), send.signal(), send.payload()))
        .chain(receipt ->
            switch (receipt) {
              case ACCEPTED, IGNORED -> {
                tally.relayed(self.scope(), send.signal());
                yield DONE;
              }
              case FORBIDDEN -> undo(session, send, tie, Reason.FORBIDDEN);
              case BUSY -> undo(session, send, tie, Reason.BUSY);
              case GONE -> undo(session, send, tie, Reason.UNKNOWN_PEER);
            });
  }

  private static Uni<Outcome> undo(
      Session session, Command.Send send, Partners.Tie tie, Reason reason) {
    if (tie == Partners.Tie.MADE) {
      session.untie(send.to());
    }
    return refused(reason, send.to());
  }

  Uni<Outcome> hangUp(Session session, Optional<String> partner) {
    Address self = session.address();
    if (self == null) {
      return refused(Reason.NO_NAME);
    }
    Collection<String> partners =
        partner
            .<Collection<String>>map(name -> session.untie(name) ? List.of(name) : List.of())
            .orElseGet(session::untieAll);
    return tellOfHangUp(self, partners).chain(() -> DONE);
  }

  private Uni<Void> tellOfHangUp(Address self, Collection<String> partners) {
    if (partners.isEmpty()) {
      return NOTHING;
    }
    return Multi.createFrom()
        .iterable(partners)
        .onItem()
        .transformToUniAndConcatenate(
            partner -> dispatch(self.sibling(partner), new Event.HungUp(self.name())))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Receipt> dispatch(Address to, Event event) {
    return directory
        .find(to)
        .chain(found ->
            found
                .map(location -> delivery.dispatch(to, location, event))
                .orElseGet(() -> Uni.createFrom().item(Receipt.GONE)));
  }
}
