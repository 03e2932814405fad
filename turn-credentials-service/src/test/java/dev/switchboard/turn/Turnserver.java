package dev.switchboard.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real coturn on loopback, which shares a secret with the service under test. */
public final class Turnserver implements QuarkusTestResourceLifecycleManager {

  static final String SECRET = "what-the-relay-and-we-know";

  private static final Path LOG = Path.of("target", "turnserver.log");
  private static final int RELAY_PORTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private @Nullable Process process;

  @Override
  public Map<String, String> start() {
    try {
      int port = freePort();
      int relay = freeRelayRange();
      Process started =
          new ProcessBuilder(
                  installed("turnserver"),
                  "-n",
                  "--no-cli",
                  "--use-auth-secret",
                  "--static-auth-secret=" + SECRET,
                  "--realm=switchboard.test",
                  "--listening-ip=127.0.0.1",
                  "--relay-ip=127.0.0.1",
                  "--allow-loopback-peers",
                  "--listening-port=" + port,
                  "--min-port=" + relay,
                  "--max-port=" + (relay + RELAY_PORTS),
                  "--no-tls",
                  "--no-dtls",
                  "--pidfile=" + Path.of("target", "turnserver.pid").toAbsolutePath(),
                  "--log-file=stdout",
                  "--simple-log")
              .redirectErrorStream(true)
              .redirectOutput(LOG.toFile())
              .start();
      process = started;
      awaitListening(started, port);
      return Map.of(
          "switchboard.ice.turn-urls",
          "turn:127.0.0.1:" + port + "?transport=udp",
          "switchboard.turn.secrets",
          SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (process != null) {
      process.destroy();
    }
  }

  /** The path of one of coturn's programs; fails where coturn is not installed. */
  static String installed(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    throw new AssertionError(
        program + " is not on the PATH: install the package 'coturn' to run this test");
  }

  private static void awaitListening(Process process, int port) throws IOException {
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

  private static String log() {
    try {
      return Files.readString(LOG);
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
