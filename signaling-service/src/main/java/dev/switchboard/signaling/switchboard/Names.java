package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.NOTHING;
import static dev.switchboard.signaling.switchboard.Outcomes.done;
import static dev.switchboard.signaling.switchboard.Outcomes.eventually;
import static dev.switchboard.signaling.switchboard.Outcomes.refused;

import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.directory.Occupant;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Frame;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What sessions are called. */
@ApplicationScoped
class Names {

  private final Directory directory;
  private final Delivery delivery;
  private final Calls calls;
  private final Announcer announcer;
  private final Tally tally;

  Names(Directory directory, Delivery delivery, Calls calls, Announcer announcer, Tally tally) {
    this.directory = directory;
    this.delivery = delivery;
    this.calls = calls;
    this.announcer = announcer;
    this.tally = tally;
  }

  /** The reply comes before anything that is sent to the name. */
  Uni<Void> claim(FleetingSession session, Command.Claim claim, Reply reply) {
    String name = claim.name().or(() -> session.caller().name()).orElse("");
    return take(session, name, claim.sharers(), claim.meta(), reply)
        .invoke(outcome -> {
          if (outcome instanceof Outcome.Refused) {
            reply.tell(outcome);
          }
        })
        .replaceWithVoid();
  }

  /**
   * @param toldOfName called at once when the name is its own, and not at all when it is refused
   */
  private Uni<Outcome> take(
      FleetingSession session, String name, int sharers, String meta, Reply toldOfName) {
    if (!PeerName.isValid(name)) {
      return refused(Reason.BAD_NAME);
    }
    if (!session.caller().maySpeakAs(name)) {
      return refused(Reason.NOT_YOUR_NAME);
    }
    Address wanted = session.addressOf(name);
    if (wanted.equals(session.address())) {
      Outcome named = new Outcome.Named(name);
      toldOfName.tell(named);
      return done(named);
    }
    Occupant occupant = new Occupant(delivery.node(), Member.newcomer(session.id(), name, meta));
    return directory
        .enter(wanted, occupant, sharers)
        .onFailure()
        .invoke(() -> session.doubt(wanted))
        .chain(entry ->
            switch (entry) {
              case Entry.Full _ -> refused(Reason.NAME_TAKEN);
              case Entry.Entered _ ->
                  depart(session).chain(() -> arrive(session, wanted, toldOfName));
            });
  }

  private Uni<Outcome> arrive(FleetingSession session, Address address, Reply toldOfName) {
    Outcome named = new Outcome.Named(address.name());
    if (!session.arrive(address, () -> toldOfName.tell(named))) {
      return free(session, address).chain(() -> done(named));
    }
    announcer.opened(address, session.id(), "");
    return done(named);
  }

  /** Gives up the name, if there is one, after whoever was tied to it has been told. */
  Uni<Void> depart(FleetingSession session) {
    Optional<FleetingSession.Departure> departed = session.depart();
    if (departed.isEmpty()) {
      return NOTHING;
    }
    FleetingSession.Departure departure = departed.get();
    announcer.gone(session.id(), Leaving.LEFT);
    calls.tellOfHangUp(session, departure.address(), departure.partners());
    return free(session, departure.address());
  }

  private Uni<Void> free(FleetingSession session, Address address) {
    return eventually(directory.leave(address, here(session))).replaceWithVoid();
  }

  Uni<Outcome> reflect(FleetingSession session, Command.Reflect reflect) {
    Uni<Outcome> named =
        reflect
            .name()
            .map(name -> take(session, name, reflect.sharers(), "", _ -> {}))
            .orElseGet(() -> Outcomes.DONE);
    return named.chain(outcome ->
        outcome instanceof Outcome.Refused
            ? Uni.createFrom().item(outcome)
            : mirror(session, reflect.frame()));
  }

  private Uni<Outcome> mirror(FleetingSession session, Frame frame) {
    Event event = new Event.Reflected(frame);
    @Nullable Address self = session.address();
    if (self == null) {
      session.tell(event);
      return Outcomes.DONE;
    }
    return directory
        .occupants(self)
        .chain(sharers -> {
          List<Location> others =
              sharers.stream()
                  .map(Occupant::location)
                  .filter(other -> !other.session().equals(session.id()))
                  .toList();
          if (others.isEmpty()) {
            session.tell(event);
          } else {
            delivery.dispatch(session.parcel(self, delivery.node(), event), others);
            tally.reflected(self.scope());
          }
          return Outcomes.DONE;
        });
  }

  private Location here(FleetingSession session) {
    return new Location(delivery.node(), session.id());
  }
}
