package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a command does. Commands of one session must come one after the other: the next when the
 * {@code Uni} of the last has ended. Nothing here blocks.
 */
@ApplicationScoped
public class Switchboard {

  private static final Uni<Void> DONE = Uni.createFrom().voidItem();

  private final Directory directory;
  private final Delivery delivery;
  private final Announcer announcer;
  private final Tally tally;

  Switchboard(Directory directory, Delivery delivery, Announcer announcer, Tally tally) {
    this.directory = directory;
    this.delivery = delivery;
    this.announcer = announcer;
    this.tally = tally;
  }

  /**
   * Attaches a client.
   *
   * @param caller who it is, as the gate admitted it
   * @param scope its dialect's part of the realm
   * @param outlet where its events go
   * @return its session, without a name yet; to be {@linkplain #close closed} once
   */
  public Session open(Caller caller, String scope, Outlet outlet) {
    Session session = new Session(SessionId.fresh(), caller, scope, outlet);
    delivery.attach(session.id(), session);
    return session;
  }

  /**
   * Does what the client asks for, or tells it why not.
   *
   * @return fails only if the directory or the bus cannot be reached
   */
  public Uni<Void> handle(Session session, Command command) {
    return switch (command) {
      case Command.Claim(String name) -> claim(session, name);
      case Command.Send send -> send(session, send);
      case Command.HangUp(Optional<String> partner) -> hangUp(session, partner);
    };
  }

  /** Tells the client why what it sent is no command at all. */
  public void refuse(Session session, Refusal refusal) {
    tally.refused(refusal.reason());
    session.tell(new Event.Refused(refusal));
  }

  /** Detaches a client: its partners are told, and its name is free. */
  public Uni<Void> close(Session session) {
    delivery.detach(session.id());
    return leave(session, session.end());
  }

  private Uni<Void> claim(Session session, String name) {
    if (!PeerName.isValid(name)) {
      return refused(session, Refusal.of(Reason.BAD_NAME));
    }
    if (!session.caller().maySpeakAs(name)) {
      return refused(session, Refusal.of(Reason.NOT_YOUR_NAME));
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
              case TAKEN -> refused(session, Refusal.of(Reason.NAME_TAKEN));
              case GRANTED -> leave(session, session.depart()).chain(() -> enter(session, wanted));
            });
  }

  private Uni<Void> enter(Session session, Address address) {
    if (!session.arrive(address)) {
      return directory.release(address, session.id());
    }
    announcer.entered(address, session.id());
    session.tell(new Event.Claimed(address.name()));
    return DONE;
  }

  private Uni<Void> leave(Session session, Optional<Session.Departure> departed) {
    if (departed.isEmpty()) {
      return DONE;
    }
    Session.Departure departure = departed.get();
    announcer.left(departure.address(), session.id());
    return tellOfHangUp(departure.address(), departure.partners())
        .chain(() -> directory.release(departure.address(), session.id()));
  }

  private Uni<Void> send(Session session, Command.Send send) {
    Address self = session.address();
    if (self == null) {
      return refused(session, Refusal.of(Reason.NO_NAME));
    }
    String to = send.to();
    if (!session.caller().grants().allowsPeer(to)) {
      return refused(session, new Refusal(Reason.FORBIDDEN, to));
    }
    return directory
        .find(self.sibling(to))
        .chain(found ->
            found.isEmpty()
                ? refused(session, new Refusal(Reason.UNKNOWN_PEER, to))
                : send(session, self, send, found.get()));
  }

  private Uni<Void> send(Session session, Address self, Command.Send send, Location receiver) {
    // The tie is made before the signal leaves: the answer, or a hang-up, may be back at once.
    Session.Tie tie = send.signal().links() ? session.tie(send.to()) : Session.Tie.HELD;
    if (tie == Session.Tie.FULL) {
      return refused(session, new Refusal(Reason.BUSY, send.to()));
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

  private Uni<Void> undo(Session session, Command.Send send, Session.Tie tie, Reason reason) {
    if (tie == Session.Tie.MADE) {
      session.untie(send.to());
    }
    return refused(session, new Refusal(reason, send.to()));
  }

  private Uni<Void> hangUp(Session session, Optional<String> partner) {
    Address self = session.address();
    if (self == null) {
      return refused(session, Refusal.of(Reason.NO_NAME));
    }
    Collection<String> partners =
        partner
            .<Collection<String>>map(name -> session.untie(name) ? List.of(name) : List.of())
            .orElseGet(session::untieAll);
    return tellOfHangUp(self, partners);
  }

  private Uni<Void> tellOfHangUp(Address self, Collection<String> partners) {
    if (partners.isEmpty()) {
      return DONE;
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

  private Uni<Void> refused(Session session, Refusal refusal) {
    refuse(session, refusal);
    return DONE;
  }
}
