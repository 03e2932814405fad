package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.switchboard.Session;
import dev.switchboard.signaling.switchboard.Switchboard;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * What every socket does, whatever its path and dialect. Frames of one connection are handled one
 * after the other, on its event loop; nothing here or below blocks.
 */
@ApplicationScoped
class Conversations {

  private static final Logger LOG = Logger.getLogger(Conversations.class);

  private final Switchboard switchboard;
  private final Sockets sockets;
  private final Curfew curfew;
  private final long maxFrame;
  private final long outboxBound;
  private final Pace.Limit limit;

  Conversations(Switchboard switchboard, Sockets sockets, Curfew curfew, SocketConfig config) {
    this.switchboard = switchboard;
    this.sockets = sockets;
    this.curfew = curfew;
    this.maxFrame = config.maxFrame().asLongValue();
    this.outboxBound = config.outbox().asLongValue();
    this.limit = Pace.Limit.of(config);
  }

  void open(WebSocketConnection connection) {
    Ticket ticket = connection.userData().remove(Ticket.KEY);
    sockets.opened();
    Outbox outbox = new Outbox(connection, ticket.wire(), ticket.dialect().codec(), outboxBound);
    Session session = switchboard.open(ticket.caller(), ticket.dialect().scope(), outbox);
    Curfew.Timer end =
        curfew.impose(
            ticket.caller(),
            () -> close(connection, CloseCode.TOKEN_EXPIRED).subscribe().with(_ -> {}, _ -> {}));
    connection
        .userData()
        .put(
            Attachment.KEY,
            new Attachment(session, ticket.dialect().codec(), outbox, Pace.of(limit), end));
  }

  Uni<Void> text(String frame, WebSocketConnection connection) {
    if (frame.length() > maxFrame) {
      return close(connection, CloseCode.TOO_BIG);
    }
    Attachment attachment = connection.userData().get(Attachment.KEY);
    Decoded decoded = attachment.pace().admit(attachment.codec().decode(frame), connection);
    return switch (decoded) {
      case Decoded.Understood(Command command, var _) ->
          switchboard
              .handle(attachment.session(), command)
              .invoke(outcome -> answer(attachment, decoded, outcome))
              .replaceWithVoid();
      case Decoded.NotUnderstood(Refusal refusal, var _) -> {
        LOG.debugf("%s sent no command: %s", connection.id(), refusal.reason().code());
        answer(attachment, decoded, new Outcome.Refused(refusal));
        yield Uni.createFrom().voidItem();
      }
    };
  }

  /** A refusal is told as an event and, where the client asked for one, as an answer. */
  private void answer(Attachment attachment, Decoded decoded, Outcome outcome) {
    if (outcome instanceof Outcome.Refused(Refusal refusal)) {
      switchboard.count(refusal);
      attachment.outbox().offer(attachment.session().id(), new Event.Refused(refusal));
    }
    decoded
        .id()
        .flatMap(id -> attachment.codec().answer(id, outcome))
        .ifPresent(attachment.outbox()::offer);
  }

  Uni<Void> binary(WebSocketConnection connection) {
    return close(connection, CloseCode.UNSUPPORTED_DATA);
  }

  Uni<Void> closed(WebSocketConnection connection) {
    sockets.closed();
    Attachment attachment = connection.userData().get(Attachment.KEY);
    curfew.lift(attachment.curfew());
    return switchboard.close(attachment.session());
  }

  /** A client's broken wire or frame is its own affair; anything else is a bug of ours. */
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    return switch (failure) {
      case TooLongFrameException _ -> close(connection, CloseCode.TOO_BIG);
      case CorruptedWebSocketFrameException corrupted
          when corrupted.closeStatus().code() == CloseCode.TOO_BIG.code() ->
          close(connection, CloseCode.TOO_BIG);
      case DecoderException _ -> close(connection, CloseCode.PROTOCOL_ERROR);
      case IOException _, VertxException _ -> {
        LOG.debugf("%s broke: %s", connection.id(), failure.getMessage());
        yield Uni.createFrom().voidItem();
      }
      default -> {
        LOG.errorf(failure, "%s failed", connection.id());
        yield close(connection, CloseCode.INTERNAL_ERROR);
      }
    };
  }

  private static Uni<Void> close(WebSocketConnection connection, CloseCode code) {
    LOG.debugf("%s closed with %d: %s", connection.id(), code.code(), code.reason());
    return connection.isClosed()
        ? Uni.createFrom().voidItem()
        : connection.close(new CloseReason(code.code(), code.reason()));
  }
}
