package dev.switchboard.signaling.socket;

import io.quarkus.websockets.next.InboundProcessingMode;
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
@WebSocket(path = "/", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
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
  @NonBlocking
  void text(String frame, WebSocketConnection connection) {
    conversations.text(frame, connection);
  }

  @OnBinaryMessage
  @NonBlocking
  void binary(Buffer frame, WebSocketConnection connection) {
    conversations.binary(frame, connection);
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection connection) {
    conversations.closed(connection);
  }

  @OnError
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    return conversations.failed(failure, connection);
  }
}
