package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.told;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.SessionId;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What a command does. Commands of one session must come one after the other: the next when the
 * {@code Uni} of the last has ended. Nothing here blocks.
 */
@Singleton
public class Switchboard {

  /** What {@link #isDone}. */
  public static final Uni<Void> DONE = Outcomes.NOTHING;

  private final Directory directory;
  private final Delivery delivery;
  private final Names names;
  private final Calls calls;
  private final Rooms rooms;
  private final Keeping keeping;
  private final Inboxes inboxes;
  private final Tally tally;
  private final Traces traces;

  Switchboard(
      Directory directory,
      Delivery delivery,
      Names names,
      Calls calls,
      Rooms rooms,
      Keeping keeping,
      Inboxes inboxes,
      Tally tally,
      Traces traces) {
    this.directory = directory;
    this.delivery = delivery;
    this.names = names;
    this.calls = calls;
    this.rooms = rooms;
    this.keeping = keeping;
    this.inboxes = inboxes;
    this.tally = tally;
    this.traces = traces;
  }

  /** Whether a new client could be served; false while Redis is gone. */
  public boolean isOpen() {
    return directory.isReachable();
  }

  /**
   * Attaches a client. Whoever is attached under the same id is superseded.
   *
   * @param id a fresh one, or that of a session that its client proved to be its own
   * @param caller who it is, as the gate admitted it
   * @param scope its dialect's part of the realm
   * @param outlet where its events go
   * @return its session, without a name yet; to be {@linkplain #close closed} once
   */
  public Session open(SessionId id, Caller caller, String scope, Outlet outlet) {
    FleetingSession session = new FleetingSession(id, caller, scope, outlet, tally, traces);
    delivery.attach(id, session);
    return session;
  }

  /**
   * Attaches a client whose session is kept when its socket goes: one that begins, or one that it
   * has had before.
   *
   * @param id what it is known by if it begins, a fresh one
   * @param caller who it is; empty if it has not said so yet
   */
  public KeptSession openKept(SessionId id, Optional<Caller> caller, String scope, Outlet outlet) {
    return new KeptSession(id, caller.orElse(null), scope, outlet, traces, inboxes::missed);
  }

  /**
   * From now on the session may do what a newer token grants: of the same peer, or of any while it
   * has no name. The rooms it is in it may stay in.
   */
  public void renew(Session session, Caller caller) {
    switch (session) {
      case FleetingSession fleeting -> fleeting.renew(caller);
      case KeptSession kept -> keeping.renew(kept, caller);
    }
  }

  /**
   * Does what the client asks for, and tells those whom it concerns.
   *
   * @param id what the client knows the answer by; a kept session's commands have one that rises
   * @param reply told what became of it, once, unless the client is told so by an event or its
   *     connection ends
   * @return ends when the next command may come, {@linkplain #isDone often at once}; fails only by
   *     a bug
   */
  public Uni<Void> handle(Session session, Command command, Optional<String> id, Reply reply) {
    Span span = traces.receive(session.scope(), command.getClass().getSimpleName());
    String parent = Traces.parent(span);
    Uni<Void> handled =
        switch (session) {
          case FleetingSession fleeting -> {
            fleeting.follow(parent);
            yield answered(fleeting, command, reply);
          }
          case KeptSession kept -> {
            kept.follow(parent);
            yield keeping.handle(kept, command, id, reply);
          }
        };
    if (isDone(handled)) {
      span.end();
      return handled;
    }
    return handled
        .onFailure(RedisGoneException.class)
        .recoverWithUni(() -> told(reply, Outcomes.refused(Reason.UNAVAILABLE)))
        .onTermination()
        .invoke(span::end);
  }

  /**
   * Whether a command is known to be done, so that nobody has to wait: the stages that wait would
   * cost more than the command.
   */
  public static boolean isDone(Uni<Void> handled) {
    return Outcomes.isNothing(handled);
  }

  private Uni<Void> answered(FleetingSession session, Command command, Reply reply) {
    return switch (command) {
      case Command.Claim claim -> names.claim(session, claim, reply);
      case Command.Send send -> calls.send(session, send, reply);
      case Command.HangUp(var partner) -> told(reply, calls.hangUp(session, partner));
      case Command.Join join -> rooms.join(session, join, reply);
      case Command.Leave(String room) -> told(reply, rooms.leave(session, room));
      case Command.Publish publish -> told(reply, rooms.publish(session, publish));
      case Command.Whisper whisper -> told(reply, rooms.whisper(session, whisper));
      case Command.Describe(String meta) -> told(reply, rooms.describe(session, meta));
      case Command.List list -> told(reply, rooms.list(session, list));
      case Command.Reflect reflect -> told(reply, names.reflect(session, reflect));
      case Command.Depart _ ->
          told(reply, vacate(session, Leaving.LEFT).chain(() -> Outcomes.DONE));
      case Command.Resume _, Command.Acknowledge _, Command.SendToSession _ ->
          told(reply, Outcomes.refused(Reason.UNKNOWN_COMMAND, command.getClass().getSimpleName()));
    };
  }

  /** Counts what was refused: here, or before it was a command. */
  public void count(Refusal refusal) {
    tally.refused(refusal.reason());
  }

  /**
   * Detaches a client: from now on it hears nothing, though others may still see it. A kept session
   * waits to be had back.
   */
  public void detach(Session session) {
    switch (session) {
      case FleetingSession fleeting -> {
        fleeting.end();
        delivery.detach(fleeting.id(), fleeting);
      }
      case KeptSession kept -> keeping.detach(kept);
    }
  }

  /**
   * Ends a session that was detached: its partners and the rooms it was in are told, and its name
   * is free. Does nothing if it has been attached again here; where that happened at another node,
   * the directory knows. A kept session ends by itself.
   */
  public Uni<Void> close(Session session, Leaving leaving) {
    return switch (session) {
      case FleetingSession fleeting ->
          delivery.isAttached(fleeting.id()) ? Outcomes.NOTHING : vacate(fleeting, leaving);
      case KeptSession _ -> Outcomes.NOTHING;
    };
  }

  private Uni<Void> vacate(FleetingSession session, Leaving leaving) {
    return names.depart(session).chain(() -> rooms.leaveAll(session, leaving));
  }
}
