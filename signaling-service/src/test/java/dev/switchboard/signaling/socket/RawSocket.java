package dev.switchboard.signaling.socket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks for a socket with a request that no client library would send. */
final class RawSocket implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final String status;

  private RawSocket(Socket socket, String status) {
    this.socket = socket;
    this.status = status;
  }

  /** Sends the request with these header lines more, and reads the first line of the answer. */
  static RawSocket open(URI root, String target, String... headers) throws IOException {
    Socket socket = new Socket(root.getHost(), root.getPort());
    socket.setSoTimeout(PATIENCE_MS);
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: "
            + root.getAuthority()
            + "\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining())
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    return new RawSocket(socket, answer.readLine());
  }

  String status() {
    return status;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
