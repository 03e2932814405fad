package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.refusal;
import static dev.switchboard.signaling.switchboard.Outcomes.told;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.directory.Occupant;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What peers send each other by name. */
@Singleton
class Calls {

  private final Directory directory;
  private final Delivery delivery;
  private final Tally tally;

  Calls(Directory directory, Delivery delivery, Tally tally) {
    this.directory = directory;
    this.delivery = delivery;
    this.tally = tally;
  }

  /** Ends at once for a partner, which is where almost all of it goes. */
  Uni<Void> send(FleetingSession session, Command.Send send, Reply reply) {
    @Nullable Address self = session.address();
    if (self == null) {
      return told(reply, refusal(Reason.NO_NAME, ""));
    }
    String to = send.to();
    if (!session.caller().grants().allowsPeer(to)) {
      return told(reply, refusal(Reason.FORBIDDEN, to));
    }
    // A partner is where it was when the tie was made; whoever goes away ends the tie.
    @Nullable Location partner = session.partner(to);
    if (partner != null) {
      return told(reply, pass(session, self, send, List.of(partner)));
    }
    Uni<List<Occupant>> occupants = directory.occupants(self.sibling(to));
    return told(
        reply,
        occupants.map(found ->
            found.isEmpty()
                ? refusal(Reason.UNKNOWN_PEER, to)
                : pass(session, self, send, found.stream().map(Occupant::location).toList())));
  }

  private Outcome pass(
      FleetingSession session, Address self, Command.Send send, List<Location> receivers) {
    // The tie is made before the signal leaves: the answer, or a hang-up, may be back at once.
    if (send.signal().links() && !session.call(send.to(), receivers.getFirst())) {
      return refusal(Reason.BUSY, send.to());
    }
    Event event = new Event.Received(self.name(), session.id(), send.signal(), send.payload());
    delivery.dispatch(session.parcel(self.sibling(send.to()), delivery.node(), event), receivers);
    tally.relayed(self.scope(), send.signal());
    return new Outcome.Done();
  }

  Outcome hangUp(FleetingSession session, Optional<String> partner) {
    @Nullable Address self = session.address();
    if (self == null) {
      return refusal(Reason.NO_NAME, "");
    }
    tellOfHangUp(
        session, self, partner.map(name -> one(session, name)).orElseGet(session::hangUpAll));
    return new Outcome.Done();
  }

  private static Map<String, Location> one(FleetingSession session, String partner) {
    @Nullable Location where = session.hangUp(partner);
    return where == null ? Map.of() : Map.of(partner, where);
  }

  /** Tells those who were tied to a session that has gone by {@code self} until now. */
  void tellOfHangUp(FleetingSession session, Address self, Map<String, Location> partners) {
    partners.forEach((partner, where) ->
        delivery.dispatch(
            session.parcel(self.sibling(partner), delivery.node(), new Event.HungUp(self.name())),
            List.of(where)));
  }
}
