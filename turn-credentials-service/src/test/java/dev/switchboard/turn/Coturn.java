package dev.switchboard.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real coturn on a loopback port of its own; it can be stopped and started again on it. */
public final class Coturn implements AutoCloseable {

  public static final String REALM = "switchboard.test";

  private static final int RELAY_PORTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int port;
  private final int tlsPort;
  private final Path log;
  private final List<String> options;
  private @Nullable Process process;

  private Coturn(int port, int tlsPort, List<String> options) {
    this.port = port;
    this.tlsPort = tlsPort;
    this.log = Path.of("target", "turnserver-" + port + ".log");
    this.options = options;
  }

  /** Starts one, with further options of its command line, and returns once it listens. */
  public static Coturn start(String... options) {
    try {
      Coturn coturn = new Coturn(freePort(), freePort(), List.of(options));
      coturn.resume();
      return coturn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Where TLS is spoken, if there is a certificate among the options. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Starts it again on its port. */
  public void resume() {
    try {
      int relay = freeRelayRange();
      List<String> command =
          new ArrayList<>(
              List.of(
                  installed("turnserver"),
                  "-n",
                  "--no-cli",
                  "--use-auth-secret",
                  "--realm=" + REALM,
                  "--listening-ip=127.0.0.1",
                  "--relay-ip=127.0.0.1",
                  "--allow-loopback-peers",
                  "--listening-port=" + port,
                  "--tls-listening-port=" + tlsPort,
                  "--min-port=" + relay,
                  "--max-port=" + (relay + RELAY_PORTS),
                  "--no-dtls",
                  "--pidfile=" + Path.of("target", "turnserver-" + port + ".pid").toAbsolutePath(),
                  "--log-file=stdout",
                  "--simple-log"));
      command.addAll(options);
      if (options.stream().noneMatch(option -> option.startsWith("--cert"))) {
        command.add("--no-tls");
      }
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = started;
      awaitListening(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and returns once its port is free. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The path of one of coturn's programs; fails where coturn is not installed. */
  public static String installed(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    throw new AssertionError(
        program
            + " is not on the PATH: install the packages 'coturn' and 'openssl' to run this test");
  }

  private void awaitListening(Process process) throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!accepts(port)) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline))
          .as(() -> "turnserver listens on port " + port + "; it said:\n" + log())
          .isTrue();
      pause();
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
        DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()))) {
      return udp.getLocalPort();
    }
  }

  /** coturn takes relay ports as it needs them and skips what is taken. */
  private static int freeRelayRange() throws IOException {
    return Math.min(freePort(), 65535 - RELAY_PORTS);
  }
}
