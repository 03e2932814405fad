package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.identity.Realm;
import dev.switchboard.testing.PackagedService;
import dev.switchboard.testing.RealRedis;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service, several processes of it, of which those that deliver are killed. */
@SuppressWarnings("NullAway.Init") // set before each test
class WebhookIT {

  private static final Realm REALM = new Realm("default");
  private static final String KEY = "switchboard:{default}:webhook:shop";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ROUNDS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final List<Process> processes = new ArrayList<>();
  private String lease = "2s";
  private RealRedis server;
  private Redis redis;
  private Shop shop;
  private Comings comings;

  @BeforeEach
  void thereAreRedisAndAReceiver() {
    server = RealRedis.start();
    redis = Redis.createClient(new io.vertx.mutiny.core.Vertx(vertx), server.url());
    shop = new Shop();
    shop.takesMillis(100);
    comings = new Comings(redis, REALM, 10_000);
  }

  @AfterEach
  void everythingStops() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    shop.close();
    redis.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyChangeArrivesAlthoughWhoDeliversIsKilledAgainAndAgain() throws IOException {
    Process first = startPod();
    eventually(() -> assertThat(holder()).isNotEmpty());
    String firstHolder = holder();
    Process second = startPod();
    change("a");
    killWhileDelivering(first);
    change("b");
    eventually(() -> assertThat(holder()).isNotEmpty().isNotEqualTo(firstHolder));
    Process third = startPod();
    change("c");
    killWhileDelivering(second);
    change("d");
    eventually(() -> assertThat(shop.ids()).containsAll(changes()));
    eventually(() -> assertThat(waiting()).isZero());
    assertThat(shop.ids()).isEqualTo(changes()).hasSize(4 * 2 * ROUNDS);
    shop.assertThatAllIsWellSigned();
    assertThat(third.isAlive()).isTrue();
  }

  @Test
  void aPodThatStopsHandsOverWithoutAWordTwice() throws IOException {
    // It hands over by itself. What a pod that is held up loses is another test.
    lease = "60s";
    Process first = startPod();
    eventually(() -> assertThat(holder()).isNotEmpty());
    String holder = holder();
    startPod();
    change("a");
    eventually(() -> assertThat(shop.posted()).isNotEmpty());
    assertThat(waiting()).isPositive();
    first.destroy();
    change("b");
    eventually(() -> assertThat(waiting()).isZero());
    assertThat(shop.ids()).isEqualTo(changes()).hasSize(2 * 2 * ROUNDS);
    assertThat(shop.posted()).hasSize(2 * 2 * ROUNDS);
    assertThat(holder()).isNotEqualTo(holder);
  }

  @Test
  void withoutASecretItDoesNotStart() throws IOException {
    Process pod = start("", freePort(), "refused");
    assertThat(pod.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue()).isNotZero();
    assertThat(Files.readString(log("refused")))
        .contains("switchboard.webhook.shop.secret is missing");
  }

  /** Peers that come and go. */
  private void change(String prefix) {
    for (int i = 0; i < ROUNDS; i++) {
      comings.enter(prefix + i);
      comings.leave(prefix + i);
    }
  }

  private void killWhileDelivering(Process pod) {
    int before = shop.posted().size();
    eventually(() -> assertThat(shop.posted()).hasSizeGreaterThan(before));
    assertThat(waiting()).isPositive();
    pod.destroyForcibly();
    pod.onExit().join();
  }

  private Process startPod() throws IOException {
    int port = freePort();
    Process pod = start(Configured.SECRET, port, "pod-" + processes.size());
    eventually(() -> {
      HttpURLConnection ready =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
      assertThat(ready.getResponseCode()).isEqualTo(200);
    });
    return pod;
  }

  private Process start(String secret, int port, String name) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            PackagedService.command(
                Map.of(
                    "quarkus.http.host",
                    "127.0.0.1",
                    "quarkus.http.port",
                    Integer.toString(port),
                    "quarkus.redis.hosts",
                    server.url(),
                    "switchboard.auth.mode",
                    "open")));
    builder
        .environment()
        .putAll(
            Map.of(
                "SWITCHBOARD_WEBHOOK_SHOP_URL",
                shop.url(),
                "SWITCHBOARD_WEBHOOK_SHOP_ALLOW_HTTP",
                "true",
                "SWITCHBOARD_WEBHOOK_SHOP_ALLOW_PRIVATE",
                "true",
                "SWITCHBOARD_WEBHOOK_SHOP_LEASE",
                lease));
    if (!secret.isEmpty()) {
      builder.environment().put("SWITCHBOARD_WEBHOOK_SHOP_SECRET", secret);
    }
    Process process = builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
    processes.add(process);
    return process;
  }

  private static Path log(String name) {
    return Path.of("target", "webhook-it-" + name + ".log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The ids that the receiver has to be told. */
  private Set<String> changes() {
    Set<String> ids = new TreeSet<>();
    for (Response entry : ask(Command.XRANGE, "switchboard:{default}:changes", "-", "+")) {
      if (!entry.get(1).toString().contains("begin")) {
        ids.add(REALM + ":" + entry.get(0));
      }
    }
    return ids;
  }

  private long waiting() {
    return ask(Command.XLEN, KEY + ":queue").toLong();
  }

  private String holder() {
    Response holder =
        redis.send(Request.cmd(Command.GET).arg(KEY + ":holder")).await().atMost(SOON);
    return holder == null ? "" : holder.toString();
  }

  private Response ask(Command command, String... arguments) {
    Request request = Request.cmd(command);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return redis.send(request).await().atMost(SOON);
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(check);
  }
}
