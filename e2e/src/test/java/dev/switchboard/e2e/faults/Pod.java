package dev.switchboard.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.switchboard.e2e.Packaged;
import dev.switchboard.testing.Freezer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A packaged service at an address that stays its own, however often it is started. */
final class Pod implements AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = freePort();
  private final String service;
  private final Wire wire;
  private final Map<String, String> settings;
  private final Map<String, String> environment;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Process process;

  private Pod(
      String service, Wire wire, Map<String, String> settings, Map<String, String> environment) {
    this.service = service;
    this.wire = wire;
    this.settings = settings;
    this.environment = environment;
    this.process = launch();
  }

  /** Starts one; {@link #awaitReady()} waits until it lets clients in. */
  static Pod start(
      String service, Wire wire, Map<String, String> settings, Map<String, String> environment) {
    return new Pod(service, wire, settings, environment);
  }

  private Process launch() {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("quarkus.http.host", "127.0.0.1");
    all.put("quarkus.http.port", String.valueOf(port));
    all.put("quarkus.redis.hosts", "redis://127.0.0.1:" + wire.port());
    List<String> command = Packaged.command(service, all);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process started = builder.start();
      Thread.ofPlatform().daemon().start(() -> read(started));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Process from) {
    try (BufferedReader reader = from.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (UncheckedIOException | IOException e) {
      lines.add(e.toString());
    }
  }

  /** Where clients of protocol v1 come in. */
  URI socket() {
    return URI.create("ws://127.0.0.1:" + port + "/v1/signal");
  }

  /** Where it answers requests. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** What separates it from Redis. */
  Wire wire() {
    return wire;
  }

  /** What all its lives have printed. */
  List<String> lines() {
    return lines;
  }

  Pod awaitReady() {
    await("ready: " + at(""))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> status("/q/health/ready") == 200);
    return this;
  }

  private int status(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(2)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Ends it as a lost machine does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends it as an orchestrator does, and waits until it has gone. */
  void terminate() {
    process.destroy();
    awaitEnd();
  }

  /** Stops it in its tracks. */
  void freeze() {
    Freezer.freeze(process.pid());
  }

  /** Lets it go on where it was. */
  void thaw() {
    Freezer.thaw(process.pid());
  }

  /** Starts it again, at the same address. */
  void restart() {
    process = launch();
    awaitReady();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not stop: " + lines);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    awaitEnd();
    wire.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
