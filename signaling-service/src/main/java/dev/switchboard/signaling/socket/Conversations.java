package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.dialect.Dialect;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.socket.PresentedTokens.Verdict;
import dev.switchboard.signaling.switchboard.KeptSession;
import dev.switchboard.signaling.switchboard.Session;
import dev.switchboard.signaling.switchboard.Switchboard;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What every socket does, whatever its path and dialect. Frames of one connection are handled one
 * after the other, on its event loop; nothing here or below blocks.
 */
@Singleton
class Conversations {

  private static final Uni<Void> NOTHING = Switchboard.DONE;
  private static final Refusal NO_TOKEN =
      new Refusal(Refusal.Reason.BAD_TOKEN, "A bearer token is needed; none came.");
  private static final Logger LOG = Logger.getLogger(Conversations.class);

  private final Switchboard switchboard;
  private final Sockets sockets;
  private final Curfew curfew;
  private final PresentedTokens tokens;
  private final Grace grace;
  private final Traffic traffic;
  private final Vertx vertx;
  private final long maxFrame;
  private final long outboxBound;
  private final Pace.Limit limit;

  Conversations(
      Switchboard switchboard,
      Sockets sockets,
      Curfew curfew,
      PresentedTokens tokens,
      Grace grace,
      Traffic traffic,
      SocketConfig config,
      Vertx vertx) {
    this.tokens = tokens;
    this.grace = grace;
    this.traffic = traffic;
    this.limit = Pace.Limit.of(config);
    this.vertx = vertx;
    this.switchboard = switchboard;
    this.sockets = sockets;
    this.curfew = curfew;
    this.maxFrame = config.maxFrame().asLongValue();
    this.outboxBound = config.outbox().asLongValue();
  }

  void open(WebSocketConnection connection) {
    Ticket ticket = connection.userData().remove(Ticket.KEY);
    ticket.headers().clear();
    sockets.opened();
    Outbox outbox =
        new Outbox(connection, ticket.wire(), ticket.opening().codec(), outboxBound, traffic);
    Curfew.Timer end = new Curfew.Timer(outbox::warn, () -> outbox.close(CloseCode.TOKEN_EXPIRED));
    Turns turns =
        new Turns(
            vertx.getOrCreateContext(),
            outboxBound,
            failure -> failed(failure, connection).subscribe().with(_ -> {}, _ -> {}));
    Attachment at = new Attachment(idOf(ticket), ticket, outbox, turns, Pace.of(limit), end);
    connection.userData().put(Attachment.KEY, at);
    ticket
        .dialect()
        .introduction()
        .ifPresentOrElse(
            time -> at.waitFor(setTimer(time, () -> outbox.close(CloseCode.NO_HELLO))),
            () -> ticket.caller().ifPresent(caller -> begin(at, Optional.of(caller))));
    ticket
        .opening()
        .first()
        .ifPresent(
            command -> turns.take(0, () -> handle(at, command, Optional.empty(), connection)));
  }

  private static SessionId idOf(Ticket ticket) {
    return ticket
        .caller()
        .flatMap(caller -> ticket.opening().secret().map(secret -> idOf(ticket, caller, secret)))
        .orElseGet(SessionId::fresh);
  }

  private static SessionId idOf(Ticket ticket, Caller caller, String secret) {
    return SessionId.ofSecret(caller.realm().name(), ticket.dialect().scope(), secret);
  }

  private Session begin(Attachment at, Optional<Caller> caller) {
    grace.end(at.id());
    Session session = open(at, caller);
    if (at.stand(session, caller)) {
      caller.ifPresent(known -> curfew.impose(at.curfew(), known));
    } else {
      switchboard.detach(session);
    }
    return session;
  }

  private Session open(Attachment at, Optional<Caller> caller) {
    Dialect dialect = at.ticket().dialect();
    return dialect.keepsSessions()
        ? switchboard.openKept(at.id(), caller, dialect.scope(), at.outbox())
        : switchboard.open(at.id(), caller.orElseThrow(), dialect.scope(), at.outbox());
  }

  void text(String frame, WebSocketConnection connection) {
    Attachment at = connection.userData().get(Attachment.KEY);
    take(at, frame.length(), () -> handle(at, at.codec().decode(frame), connection));
  }

  void binary(Buffer frame, WebSocketConnection connection) {
    Attachment at = connection.userData().get(Attachment.KEY);
    take(at, frame.length(), () -> handle(at, at.codec().decode(frame.getBytes()), connection));
  }

  private void take(Attachment at, int size, Supplier<Uni<Void>> turn) {
    if (size > maxFrame) {
      at.outbox().close(CloseCode.TOO_BIG);
    } else if (!at.turns().take(size, turn)) {
      at.outbox().close(CloseCode.TOO_FAST);
    }
  }

  private Uni<Void> handle(Attachment at, Decoded frame, WebSocketConnection connection) {
    Decoded decoded = at.pace().admit(frame, connection);
    return switch (decoded) {
      case Decoded.Understood(Command command, Optional<String> id) ->
          handle(at, command, id, connection);
      case Decoded.Presented presents -> present(at, presents, connection);
      case Decoded.NotUnderstood(Refusal refusal, Optional<String> id) -> {
        LOG.debugf("%s sent no command: %s", connection.id(), refusal.reason().code());
        yield refuse(at, id, refusal);
      }
      case Decoded.Idle _ -> NOTHING;
      case Decoded.NotSpoken _ -> Outbox.closing(connection, CloseCode.UNSUPPORTED_DATA);
    };
  }

  private Uni<Void> handle(
      Attachment at, Command command, Optional<String> id, WebSocketConnection connection) {
    @Nullable Session session = sessionOf(at);
    if (session == null) {
      return refuse(at, id, NO_TOKEN);
    }
    Uni<Void> handled = handle(at, session, command, id);
    return command instanceof Command.Depart
        ? handled.chain(() -> Outbox.closing(connection, CloseCode.NORMAL))
        : handled;
  }

  /** Null for a client that needs a token and has brought none. */
  private @Nullable Session sessionOf(Attachment at) {
    @Nullable Session session = at.session();
    if (session != null) {
      return session;
    }
    // A client that has a session to come back to may be known by that alone.
    Optional<Caller> caller = at.caller();
    return caller.isPresent() || at.ticket().dialect().keepsSessions() ? begin(at, caller) : null;
  }

  private Uni<Void> handle(Attachment at, Session session, Command command, Optional<String> id) {
    long came = System.nanoTime();
    Uni<Void> handled =
        switchboard.handle(session, command, id, outcome -> answer(at, id, outcome));
    if (Switchboard.isDone(handled)) {
      traffic.handled(came);
      return handled;
    }
    return handled.onTermination().invoke(() -> traffic.handled(came));
  }

  private Uni<Void> present(
      Attachment at, Decoded.Presented presents, WebSocketConnection connection) {
    Optional<String> id = presents.id();
    Uni<Verdict> verdict =
        presents.then().isPresent()
            ? tokens.introducing(at.caller(), presents.token())
            : tokens.renewing(at.caller(), presents.token());
    return verdict.chain(found ->
        switch (found) {
          case Verdict.Good(Caller caller) -> {
            assume(at, caller);
            yield presents
                .then()
                .map(command -> handle(at, command, id, connection))
                .orElseGet(() -> told(at, id, new Outcome.Done()));
          }
          case Verdict.Refused(Refusal refusal) -> refuse(at, id, refusal);
          case Verdict.Conflict(Refusal refusal) ->
              refuse(at, id, refusal)
                  .chain(() -> Outbox.closing(connection, CloseCode.TOKEN_CONFLICT));
        });
  }

  private void assume(Attachment at, Caller caller) {
    @Nullable Session session = at.session();
    if (session == null) {
      begin(at, Optional.of(caller));
    } else {
      switchboard.renew(session, caller);
      know(at, session, caller);
    }
  }

  private void know(Attachment at, Session session, Caller caller) {
    if (at.stand(session, Optional.of(caller))) {
      curfew.impose(at.curfew(), caller);
    }
  }

  private Uni<Void> refuse(Attachment at, Optional<String> id, Refusal refusal) {
    return told(at, id, new Outcome.Refused(refusal));
  }

  private Uni<Void> told(Attachment at, Optional<String> id, Outcome outcome) {
    answer(at, id, outcome);
    return NOTHING;
  }

  private void answer(Attachment at, Optional<String> id, Outcome outcome) {
    if (outcome instanceof Outcome.Refused(Refusal refusal)) {
      switchboard.count(refusal);
    }
    at.outbox().answer(at.id(), id, outcome);
    if (outcome instanceof Outcome.Named || outcome instanceof Outcome.Welcomed) {
      at.patience().ifPresent(vertx::cancelTimer);
      curfew.look(at.curfew());
    }
    if (at.caller().isEmpty() && at.session() instanceof KeptSession kept) {
      kept.caller().ifPresent(caller -> know(at, kept, caller));
    }
  }

  void closed(WebSocketConnection connection) {
    sockets.closed();
    Attachment at = connection.userData().get(Attachment.KEY);
    at.turns().takeLast(() -> close(at));
  }

  private Uni<Void> close(Attachment at) {
    at.end();
    curfew.lift(at.curfew());
    at.patience().ifPresent(vertx::cancelTimer);
    @Nullable Session session = at.session();
    if (session == null) {
      return NOTHING;
    }
    switchboard.detach(session);
    Duration time = at.ticket().dialect().grace();
    if (time.isZero()) {
      return switchboard.close(session, Leaving.LEFT);
    }
    grace.give(
        session.id(),
        time,
        () ->
            switchboard.close(session, Leaving.TIMEOUT).subscribe().with(_ -> {}, this::notClosed));
    return NOTHING;
  }

  private long setTimer(Duration time, Runnable then) {
    return vertx.setTimer(time.toMillis(), _ -> then.run());
  }

  private void notClosed(Throwable failure) {
    LOG.error("a session was not closed", failure);
  }

  /** A client's broken wire or frame is its own affair; anything else is a bug of ours. */
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    return switch (failure) {
      case TooLongFrameException _ -> Outbox.closing(connection, CloseCode.TOO_BIG);
      case CorruptedWebSocketFrameException corrupted
          when corrupted.closeStatus().code() == CloseCode.TOO_BIG.code() ->
          Outbox.closing(connection, CloseCode.TOO_BIG);
      case DecoderException _ -> Outbox.closing(connection, CloseCode.PROTOCOL_ERROR);
      case IOException _, VertxException _ -> {
        LOG.debugf("%s broke: %s", connection.id(), failure.getMessage());
        yield Uni.createFrom().voidItem();
      }
      default -> {
        LOG.errorf(failure, "%s failed", connection.id());
        yield Outbox.closing(connection, CloseCode.INTERNAL_ERROR);
      }
    };
  }
}
