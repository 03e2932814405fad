package dev.switchboard.signaling.socket;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.dialect.Codec;
import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.SessionId;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What every socket does, whatever its path and dialect. Frames of one connection are handled one
 * after the other, on its event loop; nothing here or below blocks.
 */
@ApplicationScoped
class Conversations {

  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();
  private static final Logger LOG = Logger.getLogger(Conversations.class);

  private final Switchboard switchboard;
  private final Sockets sockets;
  private final Curfew curfew;
  private final Vertx vertx;
  private final long maxFrame;
  private final long outboxBound;

  Conversations(
      Switchboard switchboard, Sockets sockets, Curfew curfew, SocketConfig config, Vertx vertx) {
    this.vertx = vertx;
    this.switchboard = switchboard;
    this.sockets = sockets;
    this.curfew = curfew;
    this.maxFrame = config.maxFrame().asLongValue();
    this.outboxBound = config.outbox().asLongValue();
  }

  void open(WebSocketConnection connection) {
    Ticket ticket = connection.userData().remove(Ticket.KEY);
    sockets.opened();
    Caller caller = ticket.caller();
    String scope = ticket.dialect().scope();
    Codec codec = ticket.opening().codec();
    Outbox outbox = new Outbox(connection, ticket.wire(), codec, outboxBound);
    SessionId id =
        ticket
            .opening()
            .secret()
            .map(secret -> SessionId.ofSecret(caller.realm().name(), scope, secret))
            .orElseGet(SessionId::fresh);
    Session session = switchboard.open(id, caller, scope, outbox);
    Curfew.Timer end = curfew.impose(caller, () -> outbox.close(CloseCode.TOKEN_EXPIRED));
    Optional<Uni<Void>> begun =
        ticket.opening().first().map(command -> begin(session, codec, outbox, command));
    connection
        .userData()
        .put(
            Attachment.KEY,
            new Attachment(session, codec, outbox, end, begun, ticket.dialect().grace()));
  }

  private Uni<Void> begin(Session session, Codec codec, Outbox outbox, Command command) {
    Uni<Void> begun =
        switchboard
            .handle(
                session,
                command,
                outcome -> answer(session, codec, outbox, Optional.empty(), outcome))
            .memoize()
            .indefinitely();
    begun.subscribe().with(_ -> {}, failure -> LOG.error("a connection did not begin", failure));
    return begun;
  }

  Uni<Void> text(String frame, WebSocketConnection connection) {
    if (frame.length() > maxFrame) {
      return Outbox.closing(connection, CloseCode.TOO_BIG);
    }
    Attachment attachment = connection.userData().get(Attachment.KEY);
    return handle(attachment, attachment.codec().decode(frame), connection);
  }

  Uni<Void> binary(Buffer frame, WebSocketConnection connection) {
    if (frame.length() > maxFrame) {
      return Outbox.closing(connection, CloseCode.TOO_BIG);
    }
    Attachment attachment = connection.userData().get(Attachment.KEY);
    return handle(attachment, attachment.codec().decode(frame.getBytes()), connection);
  }

  private Uni<Void> handle(Attachment at, Decoded decoded, WebSocketConnection connection) {
    return switch (decoded) {
      case Decoded.Understood(Command command, Optional<String> id) ->
          at.begun()
              .map(begun -> begun.chain(() -> handle(at, command, id)))
              .orElseGet(() -> handle(at, command, id));
      case Decoded.NotUnderstood(Refusal refusal, Optional<String> id) -> {
        LOG.debugf("%s sent no command: %s", connection.id(), refusal.reason().code());
        answer(at.session(), at.codec(), at.outbox(), id, new Outcome.Refused(refusal));
        yield NOTHING;
      }
      case Decoded.Idle _ -> NOTHING;
      case Decoded.NotSpoken _ -> Outbox.closing(connection, CloseCode.UNSUPPORTED_DATA);
    };
  }

  private Uni<Void> handle(Attachment at, Command command, Optional<String> id) {
    return switchboard.handle(
        at.session(),
        command,
        outcome -> answer(at.session(), at.codec(), at.outbox(), id, outcome));
  }

  private void answer(
      Session session, Codec codec, Outbox outbox, Optional<String> id, Outcome outcome) {
    if (outcome instanceof Outcome.Refused(Refusal refusal)) {
      switchboard.count(refusal);
    }
    codec.answer(session.id(), id, outcome).forEach(outbox::offer);
  }

  Uni<Void> closed(WebSocketConnection connection) {
    sockets.closed();
    Attachment attachment = connection.userData().get(Attachment.KEY);
    curfew.lift(attachment.curfew());
    Session session = attachment.session();
    switchboard.detach(session);
    if (attachment.grace().isZero()) {
      return switchboard.close(session, Leaving.LEFT);
    }
    vertx.setTimer(
        attachment.grace().toMillis(),
        _ ->
            switchboard.close(session, Leaving.TIMEOUT).subscribe().with(_ -> {}, this::notClosed));
    return NOTHING;
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
