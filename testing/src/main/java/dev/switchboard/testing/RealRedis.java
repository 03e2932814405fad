package dev.switchboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.RedisServer;
import redis.embedded.RedisServerBuilder;

/**
 * A real Redis on a loopback port of its own. It can be stopped and started again on the same port,
 * which is what a restart looks like to a service.
 */
public final class RealRedis implements AutoCloseable {

  private final int port;
  private final Optional<Path> folder;
  private RedisServer server;
  private long frozen;

  private RealRedis(Optional<Path> folder) {
    this.port = freePort();
    this.folder = folder;
    this.server = build();
  }

  /** Starts a Redis that keeps nothing on disk, and returns once it accepts connections. */
  public static RealRedis start() {
    RealRedis redis = new RealRedis(Optional.empty());
    redis.server.start();
    return redis;
  }

  /** The same, but each write is on disk before it is answered, and outlives {@link #kill()}. */
  public static RealRedis startDurable() {
    try {
      RealRedis redis = new RealRedis(Optional.of(Files.createTempDirectory("redis")));
      redis.server.start();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** The keys that match a glob pattern. */
  public List<String> keys(String pattern) {
    return InlineRedis.ask(port, "KEYS " + pattern)
        .filter(line -> !line.startsWith("*") && !line.startsWith("$") && !line.startsWith("+"))
        .toList();
  }

  /** Stops it and starts an empty one in its place. */
  public void restartEmpty() {
    stop();
    folder.ifPresent(RealRedis::empty);
    resume();
  }

  /** Stops it; {@link #resume()} takes the same port again. */
  public void stop() {
    server.stop();
  }

  /** Ends it in the middle of whatever it does. */
  public void kill() {
    ProcessHandle process = process();
    process.destroyForcibly();
    process.onExit().join();
    server.stop();
  }

  /** Stops it in its tracks: connections stay, and nothing is answered. */
  public void freeze() {
    frozen = process().pid();
    Freezer.freeze(frozen);
  }

  /** Lets it go on where it was. */
  public void thaw() {
    Freezer.thaw(frozen);
  }

  private ProcessHandle process() {
    return InlineRedis.ask(port, "INFO server")
        .filter(line -> line.startsWith("process_id:"))
        .map(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
        .flatMap(id -> ProcessHandle.of(id).stream())
        .findFirst()
        .orElseThrow();
  }

  /** Starts one on the port of the one that was stopped, with what that one had on disk. */
  public void resume() {
    server = build();
    server.start();
  }

  /** Answers each write with an error from now on, and reads as ever. */
  public void refuseWrites() {
    ask("CONFIG SET min-replicas-to-write 1");
  }

  /** Takes writes again. */
  public void takeWrites() {
    ask("CONFIG SET min-replicas-to-write 0");
  }

  private void ask(String command) {
    String answer = InlineRedis.ask(port, command).findFirst().orElse("");
    if (!answer.startsWith("+OK")) {
      throw new IllegalStateException(command + ": " + answer);
    }
  }

  @Override
  public void close() {
    stop();
    folder.ifPresent(RealRedis::delete);
  }

  private RedisServer build() {
    RedisServerBuilder builder =
        RedisServer.builder().port(port).setting("bind 127.0.0.1").setting("save \"\"");
    folder.ifPresentOrElse(
        path ->
            builder.setting("dir " + path).setting("appendonly yes").setting("appendfsync always"),
        () -> builder.setting("appendonly no"));
    return builder.build();
  }

  private static void delete(Path folder) {
    empty(folder);
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void empty(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
