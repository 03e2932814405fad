package dev.switchboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** A real Redis Cluster of three masters, on loopback ports of its own, without persistence. */
public final class RealRedisCluster implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  /** Generous: it is only ever waited out when a test fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Master> masters;

  private RealRedisCluster(Path folder, List<Master> masters) {
    this.folder = folder;
    this.masters = masters;
  }

  /** Starts one and returns once each of its nodes serves every slot. */
  public static RealRedisCluster start() {
    try {
      Path folder = Files.createTempDirectory("redis-cluster");
      List<Master> masters =
          IntStream.range(0, MASTERS).mapToObj(i -> Master.start(folder, i)).toList();
      for (int i = 0; i < MASTERS; i++) {
        masters.get(i).takeSlots(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS - 1);
        masters.get(i).meet(masters.getFirst());
      }
      for (Master master : masters) {
        master.awaitReady();
      }
      return new RealRedisCluster(folder, masters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its nodes are reached. */
  public List<String> urls() {
    return masters.stream().map(master -> "redis://127.0.0.1:" + master.port).toList();
  }

  /** Empties it. */
  public void flush() {
    masters.forEach(master -> master.ask("FLUSHALL"));
  }

  @Override
  public void close() {
    masters.forEach(master -> master.server.stop());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One node of it, spoken to with inline commands. */
  private record Master(RedisServer server, int port, int busPort) {

    private static Master start(Path folder, int index) {
      int port = RealRedis.freePort();
      int busPort = RealRedis.freePort();
      RedisServer server =
          RedisServer.builder()
              .port(port)
              .setting("bind 127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no")
              .setting("dir " + folder)
              .setting("cluster-enabled yes")
              .setting("cluster-config-file nodes-" + index + ".conf")
              .setting("cluster-port " + busPort)
              .setting("cluster-node-timeout 5000")
              .build();
      server.start();
      return new Master(server, port, busPort);
    }

    private void takeSlots(int first, int last) {
      expectOk(ask("CLUSTER ADDSLOTSRANGE " + first + " " + last));
    }

    private void meet(Master other) {
      if (other.port != port) {
        expectOk(ask("CLUSTER MEET 127.0.0.1 " + other.port + " " + other.busPort));
      }
    }

    private void awaitReady() {
      Instant late = Instant.now().plus(PATIENCE);
      while (!isReady()) {
        if (Instant.now().isAfter(late)) {
          throw new IllegalStateException("the cluster did not form");
        }
        Thread.onSpinWait();
      }
    }

    private boolean isReady() {
      String info = ask("CLUSTER INFO");
      return info.contains("cluster_state:ok") && info.contains("cluster_size:" + MASTERS);
    }

    private static void expectOk(String answer) {
      if (!answer.startsWith("+OK")) {
        throw new IllegalStateException(answer);
      }
    }

    private String ask(String command) {
      return String.join("\n", InlineRedis.ask(port, command).toList());
    }
  }
}
