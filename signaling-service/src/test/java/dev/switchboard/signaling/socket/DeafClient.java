package dev.switchboard.signaling.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that never reads, and so never answers a ping: RFC 6455 by hand. */
final class DeafClient implements AutoCloseable {

  private final Socket socket;

  private DeafClient(Socket socket) {
    this.socket = socket;
  }

  /** Section 4.1, with a receive buffer that is soon full. */
  static DeafClient connect(URI root) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(root.getHost(), root.getPort()));
    String handshake =
        String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    // Frames must follow the upgrade: the status line is the one thing it waits for.
    while (socket.getInputStream().read() != '\n') {}
    return new DeafClient(socket);
  }

  /** Section 5.2: a masked text frame of at most 125 bytes. */
  void send(String frame) throws IOException {
    byte[] text = frame.getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    out.write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
    out.write(text);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
