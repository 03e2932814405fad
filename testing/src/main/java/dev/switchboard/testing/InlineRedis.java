package dev.switchboard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Speaks to a Redis in inline commands, as one does by telnet: no client needed. */
final class InlineRedis {

  private InlineRedis() {}

  /** The lines of the answer, as they stand on the wire. */
  static Stream<String> ask(int port, String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      out.write(command + "\r\nQUIT\r\n");
      out.flush();
      return in.lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
