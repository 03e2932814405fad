package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.dialect.Decoded;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.switchboard.Session;
import dev.switchboard.signaling.switchboard.Switchboard;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * The socket at {@code /}. Frames of one connection are handled one after the other, on its event
 * loop; nothing here or below blocks.
 */
@WebSocket(path = "/")
class RootSocket {

  private static final Logger LOG = Logger.getLogger(RootSocket.class);

  private final Switchboard switchboard;
  private final Sockets sockets;
  private final long maxFrame;
  private final long outboxBound;

  RootSocket(Switchboard switchboard, Sockets sockets, SocketConfig config) {
    this.switchboard = switchboard;
    this.sockets = sockets;
    this.maxFrame = config.maxFrame().asLongValue();
    this.outboxBound = config.outbox().asLongValue();
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection) {
    Ticket ticket = connection.userData().remove(Ticket.KEY);
    sockets.opened();
    Outbox outbox = new Outbox(connection, ticket.wire(), ticket.dialect().codec(), outboxBound);
    Session session = switchboard.open(ticket.caller(), ticket.dialect().scope(), outbox);
    connection.userData().put(Attachment.KEY, new Attachment(session, ticket.dialect().codec()));
  }

  @OnTextMessage
  Uni<Void> text(String frame, WebSocketConnection connection) {
    if (frame.length() > maxFrame) {
      return close(connection, CloseCode.TOO_BIG);
    }
    Attachment attachment = connection.userData().get(Attachment.KEY);
    return switch (attachment.codec().decode(frame)) {
      case Decoded.Understood(Command command) -> switchboard.handle(attachment.session(), command);
      case Decoded.NotUnderstood(Refusal refusal) -> {
        LOG.debugf("%s sent no command: %s", connection.id(), refusal.reason().code());
        switchboard.refuse(attachment.session(), refusal);
        yield Uni.createFrom().voidItem();
      }
    };
  }

  @OnBinaryMessage
  Uni<Void> binary(Buffer frame, WebSocketConnection connection) {
    return close(connection, CloseCode.UNSUPPORTED_DATA);
  }

  @OnClose
  Uni<Void> closed(WebSocketConnection connection) {
    sockets.closed();
    return switchboard.close(connection.userData().get(Attachment.KEY).session());
  }

  /** A client's broken wire or frame is its own affair; anything else is a bug of ours. */
  @OnError
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
