package dev.switchboard.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.PackagedService;
import dev.switchboard.testing.RealRedis;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a change costs by the number of those who watch and of those who are in the room. Small by
 * default; {@code -Dpresence.load=large} takes the sizes of {@code docs/presence.md}, which has the
 * table.
 */
@SuppressWarnings("NullAway.Init") // set before each test
class WatchLoadIT {

  private static final boolean LARGE = "large".equals(System.getProperty("presence.load"));
  private static final int CHANGES = LARGE ? 200 : 20;
  private static final int BURST = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final double TICKS_A_SECOND = 100; // USER_HZ, which is 100 on every Linux
  private static final List<String> TABLE = new ArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger heard = new AtomicInteger();
  private final AtomicLong lastHeard = new AtomicLong();
  private RealRedis redis;
  private Process service;
  private int port;
  private Signaling signaling;

  static List<int[]> sizes() {
    return LARGE
        ? List.of(
            new int[] {1, 1},
            new int[] {100, 1},
            new int[] {1000, 1},
            new int[] {10_000, 1},
            new int[] {100, 100},
            new int[] {100, 1000},
            new int[] {100, 10_000})
        : List.of(new int[] {1, 1}, new int[] {50, 100});
  }

  @BeforeEach
  void start() throws IOException {
    redis = RealRedis.start();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    service =
        new ProcessBuilder(
                PackagedService.command(
                    Map.of(
                        "quarkus.http.port",
                        Integer.toString(port),
                        "quarkus.http.host",
                        "127.0.0.1",
                        "quarkus.redis.hosts",
                        redis.url(),
                        "switchboard.auth.mode",
                        "open")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Redis client = Redis.createClient(vertx, redis.url());
    ReactiveRedisDataSource source =
        new ReactiveRedisDataSourceImpl(vertx, client, RedisAPI.api(client));
    signaling = new Signaling(source, "pod");
    await().atMost(PATIENCE).ignoreExceptions().until(() -> status("/q/health/ready") == 200);
  }

  private int status(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    for (Socket socket : sockets) {
      socket.close();
    }
    service.destroy();
    if (!service.waitFor(30, TimeUnit.SECONDS)) {
      service.destroyForcibly();
    }
    vertx.closeAndAwait();
    redis.close();
  }

  @AfterAll
  static void write() throws IOException {
    Files.write(Path.of("target", "watch-load.md"), TABLE);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void eachChangeIsToldToEveryWatcher(int[] size) throws IOException, InterruptedException {
    int watchers = size[0];
    int members = size[1];
    for (int i = 0; i < members; i++) {
      signaling.add("v1", "p" + i, "s" + i, Instant.EPOCH, Map.of("tea", ""));
    }
    signaling.renew();
    // A fresh pod that thousands ask at once answers some of them 503: that is another test.
    for (int i = 1; i <= watchers; i++) {
      watch();
      int all = i;
      if (i % BURST == 0 || i == watchers) {
        await().atMost(PATIENCE).until(() -> begun.get() == all);
      }
    }

    signaling.enter("v1", "guest", "guest", Instant.EPOCH);
    change(watchers, 0); // the first takes what the others do not
    change(watchers, 1);
    double before = cpuSeconds();
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      took.add(change(watchers, i));
    }
    double cpu = (cpuSeconds() - before) / CHANGES;
    took.sort(Double::compare);
    TABLE.add(
        String.format(
            Locale.ROOT,
            "| %d | %d | %.1f ms | %.1f ms | %.2f ms | %.1f µs |",
            watchers,
            members,
            took.get(CHANGES / 2),
            took.get(CHANGES * 99 / 100),
            cpu * 1000,
            cpu * 1e6 / watchers));
    assertThat(status("/presence/rooms/tea?limit=1")).isEqualTo(200);
  }

  /** Milliseconds until the last watcher has heard of it. */
  private double change(int watchers, int turn) {
    heard.set(0);
    long start = System.nanoTime();
    if (turn % 2 == 0) {
      signaling.join("guest", "tea", "");
    } else {
      signaling.exit("guest", "tea");
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> heard.get() == watchers);
    return (lastHeard.get() - start) / 1e6;
  }

  private void watch() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    socket
        .getOutputStream()
        .write(
            "GET /presence/events?room=tea HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    Thread.ofVirtual().start(() -> listen(socket));
  }

  private void listen(Socket socket) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024)) {
      String line = lines.readLine();
      while (line != null) {
        switch (line) {
          case "event: snapshot" -> begun.incrementAndGet();
          case "event: enter", "event: leave" -> {
            lastHeard.accumulateAndGet(System.nanoTime(), Math::max);
            heard.incrementAndGet();
          }
          default -> {}
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** Of the service: user and system time, fields 14 and 15 of proc_pid_stat(5). */
  private double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(service.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return IntStream.of(11, 12).mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS_A_SECOND;
  }
}
