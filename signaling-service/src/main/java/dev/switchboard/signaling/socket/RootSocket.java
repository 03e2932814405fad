package dev.switchboard.signaling.socket;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** The socket at {@code /}, where the sub-protocol chooses the dialect. */
@WebSocket(path = "/")
class RootSocket {

  private final Conversations conversations;

  RootSocket(Conversations conversations) {
    this.conversations = conversations;
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection) {
    conversations.open(connection);
  }

  @OnTextMessage
  Uni<Void> text(String frame, WebSocketConnection connection) {
    return conversations.text(frame, connection);
  }

  @OnBinaryMessage
  Uni<Void> binary(Buffer frame, WebSocketConnection connection) {
    return conversations.binary(frame, connection);
  }

  @OnClose
  Uni<Void> closed(WebSocketConnection connection) {
    return conversations.closed(connection);
  }

  @OnError
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    return conversations.failed(failure, connection);
  }
}
