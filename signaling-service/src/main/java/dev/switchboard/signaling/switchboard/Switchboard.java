package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What a command does. Commands of one session must come one after the other: the next when the
 * {@code Uni} of the last has ended. Nothing here blocks.
 */
@ApplicationScoped
public class Switchboard {

  private final Delivery delivery;
  private final Calls calls;
  private final Rooms rooms;
  private final Tally tally;

  Switchboard(Delivery delivery, Calls calls, Rooms rooms, Tally tally) {
    this.delivery = delivery;
    this.calls = calls;
    this.rooms = rooms;
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
   * Does what the client asks for, and tells those whom it concerns.
   *
   * @return what became of it; fails only if the directory or the bus cannot be reached
   */
  public Uni<Outcome> handle(Session session, Command command) {
    return switch (command) {
      case Command.Claim(String name) -> calls.claim(session, name);
      case Command.Send send -> calls.send(session, send);
      case Command.HangUp(Optional<String> partner) -> calls.hangUp(session, partner);
      case Command.Join(String room, int capacity) -> rooms.join(session, room, capacity);
      case Command.Leave(String room) -> rooms.leave(session, room);
      case Command.Publish publish -> rooms.publish(session, publish);
    };
  }

  /** Counts what was refused: here, or before it was a command. */
  public void count(Refusal refusal) {
    tally.refused(refusal.reason());
  }

  /** Detaches a client: its partners and the rooms it was in are told, and its name is free. */
  public Uni<Void> close(Session session) {
    session.end();
    delivery.detach(session.id());
    return calls.depart(session).chain(() -> rooms.leaveAll(session));
  }
}
