package dev.switchboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import redis.embedded.RedisServer;

/**
 * A real Redis on a loopback port of its own, without persistence. It can be stopped and started
 * again on the same port, which is what a restart looks like to a service.
 */
public final class RealRedis implements AutoCloseable {

  private final int port;
  private RedisServer server;

  private RealRedis(int port) {
    this.port = port;
    this.server = build(port);
  }

  /** Starts a Redis and returns once it accepts connections. */
  public static RealRedis start() {
    RealRedis redis = new RealRedis(freePort());
    redis.server.start();
    return redis;
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
    resume();
  }

  /** Stops it; {@link #resume()} takes the same port again. */
  public void stop() {
    server.stop();
  }

  /** Starts an empty Redis on the port of the one that was stopped. */
  public void resume() {
    server = build(port);
    server.start();
  }

  @Override
  public void close() {
    stop();
  }

  private static RedisServer build(int port) {
    return RedisServer.builder()
        .port(port)
        .setting("bind 127.0.0.1")
        .setting("save \"\"")
        .setting("appendonly no")
        .build();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
