package dev.switchboard.signaling.socket;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two pods, as they are packaged, and one Redis: a client cannot tell which one it is at. */
@SuppressWarnings("NullAway.Init") // set before the first test
class TwoPodsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Where each dialect's clients connect to, and the sub-protocols they offer. */
  private static final Map<String, Entrance> ENTRANCES =
      Map.of(
          "call", new Entrance("/", List.of()),
          "mediasession", new Entrance("/", List.of("sip")),
          "mesh", new Entrance("/mesh", List.of()),
          "rooms", new Entrance("/rooms", List.of()),
          "v1", new Entrance("/v1/signal", List.of()));

  private static RealRedis redis;
  private static Pod one;
  private static Pod two;

  @BeforeAll
  static void start() {
    redis = RealRedis.start();
    one = pod();
    two = pod();
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    redis.close();
  }

  private final List<Client> opened = new ArrayList<>();

  private Client connect(URI uri) {
    Client client = Client.connect(uri);
    opened.add(client);
    return client;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Client::close);
  }

  private static Pod pod() {
    Pod pod =
        Pod.start(
            Map.ofEntries(
                entry("switchboard.auth.mode", "open"),
                entry("mp.jwt.verify.publickey", TestKeys.shared().publicKeyPem()),
                entry("switchboard.state", "redis"),
                entry("switchboard.state.lease", "3s"),
                // As the transcripts have it, however slow the machine.
                entry("switchboard.mesh.grace", "10m"),
                entry("switchboard.mesh.capacity", "3"),
                entry("switchboard.mediasession.sharers", "3"),
                entry("switchboard.v1.room-capacity", "3"),
                entry("switchboard.v1.sessions-per-peer", "2"),
                entry("switchboard.v1.roster-page", "2"),
                entry("switchboard.session.leave-after", "4s"),
                entry("switchboard.session.resume-within", "6s"),
                entry("quarkus.redis.hosts", redis.url())));
    await().atMost(SOON).ignoreExceptions().until(() -> status(pod, "/q/health/ready") == 200);
    return pod;
  }

  private static int status(Pod pod, String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(pod.http(path)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  static Stream<String> transcripts() throws IOException {
    List<String> names = new ArrayList<>();
    for (String dialect : ENTRANCES.keySet().stream().sorted().toList()) {
      try (Stream<Path> files =
          Files.list(Path.of("src", "test", "resources", "transcripts", dialect))) {
        files.map(file -> dialect + "/" + file.getFileName()).sorted().forEach(names::add);
      }
    }
    return names.stream();
  }

  /** Each further connection of it is at the other pod, also where one client comes back. */
  @ParameterizedTest
  @MethodSource("transcripts")
  void theTranscriptHoldsAcrossPods(String name) throws InterruptedException {
    awaitNobody();
    Entrance entrance = Objects.requireNonNull(ENTRANCES.get(name.split("/", 2)[0]));
    // A realm has one mesh, and each transcript begins with an empty one.
    Optional<String> token =
        entrance.path().equals("/mesh")
            ? Optional.of(TestKeys.shared().token("page", Map.of("realm", realm(name))))
            : Optional.empty();
    AtomicInteger connections = new AtomicInteger();
    Transcript.read("/transcripts/" + name)
        .play((_, query) -> {
          Pod pod = connections.getAndIncrement() % 2 == 0 ? one : two;
          return Client.connect(
              Transcript.withQuery(pod.socket(entrance.path()), query),
              entrance.subprotocols(),
              token);
        });
  }

  private static String realm(String name) {
    return name.replaceAll("[^a-z-]", "-");
  }

  /** Who was there before has left without a trace. */
  private static void awaitNobody() {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(redis.keys("switchboard:{default}:at:*")).isEmpty());
  }

  @Test
  void ofAHundredThatRaceForANameAtTwoPodsOneGetsIt() throws InterruptedException {
    List<Client> clients = clients(100, "/");
    clients.forEach(client -> client.send("{\"type\":\"login\",\"name\":\"raced\"}"));
    int granted = 0;
    for (Client client : clients) {
      granted += client.next().contains("true") ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1);
  }

  @Test
  void ofAHundredThatRaceForARoomOfTwoTwoGetIn() throws InterruptedException {
    List<Client> clients = clients(100, "/rooms");
    clients.forEach(client -> client.send("{\"event\":\"join\",\"args\":[\"raced\"]}"));
    int joined = 0;
    for (Client client : clients) {
      joined += client.next().contains("\"joined\"") ? 1 : 0;
    }
    assertThat(joined).isEqualTo(2);
  }

  private List<Client> clients(int many, String path) {
    return IntStream.range(0, many)
        .mapToObj(i -> connect((i % 2 == 0 ? one : two).socket(path)))
        .toList();
  }

  @Test
  void aPodThatIsKilledTakesItsPeersAlong() throws InterruptedException {
    Pod mortal = pod();
    Client ada = connect(one.socket("/"));
    Client member = connect(one.socket("/rooms"));
    Client bob = connect(mortal.socket("/"));
    Client other = connect(mortal.socket("/rooms"));
    ada.send("{\"type\":\"login\",\"name\":\"survivor\"}");
    ada.next();
    bob.send("{\"type\":\"login\",\"name\":\"mortal\"}");
    bob.next();
    member.send("{\"event\":\"join\",\"args\":[\"wake\"]}");
    member.next();
    other.send("{\"event\":\"join\",\"args\":[\"wake\"]}");
    other.next();
    assertThat(member.next()).contains("otherjoin");
    ada.send("{\"type\":\"offer\",\"name\":\"mortal\",\"offer\":{}}");
    assertThat(bob.next()).contains("offer");

    mortal.kill();

    assertThat(ada.next()).isEqualTo("{\"type\":\"leave\"}");
    assertThat(member.next()).contains("\"bye\",\"args\":[\"wake\"");
    Client heir = connect(two.socket("/"));
    heir.send("{\"type\":\"login\",\"name\":\"mortal\"}");
    assertThat(heir.next()).contains("true");
  }

  @Test
  void aPodThatHangsForLongerThanItsLeaseSendsItsClientsElsewhere() throws InterruptedException {
    Pod hanging = pod();
    Client ada = connect(one.socket("/rooms"));
    Client bob = connect(hanging.socket("/rooms"));
    ada.send("{\"event\":\"join\",\"args\":[\"nap\"]}");
    ada.next();
    bob.send("{\"event\":\"join\",\"args\":[\"nap\"]}");
    bob.next();
    assertThat(ada.next()).contains("otherjoin");

    hanging.freeze();
    try {
      assertThat(ada.next()).contains("\"bye\",\"args\":[\"nap\"");
    } finally {
      hanging.thaw();
    }

    assertThat(bob.closeCode()).isEqualTo(3002);
    Client again = connect(hanging.socket("/rooms"));
    again.send("{\"event\":\"join\",\"args\":[\"nap\"]}");
    assertThat(again.next()).contains("\"joined\"");
    assertThat(ada.next()).contains("otherjoin");
    hanging.close();
    assertThat(ada.next()).contains("bye");
  }

  @Test
  void aPodThatStopsLeavesNothingBehind() throws InterruptedException {
    Pod leaving = pod();
    Client ada = connect(one.socket("/"));
    Client bob = connect(leaving.socket("/"));
    ada.send("{\"type\":\"login\",\"name\":\"staying\"}");
    ada.next();
    bob.send("{\"type\":\"login\",\"name\":\"leaving\"}");
    bob.next();
    ada.send("{\"type\":\"offer\",\"name\":\"leaving\",\"offer\":{}}");
    bob.next();

    leaving.close();

    assertThat(bob.closeCode()).isEqualTo(1012);
    assertThat(ada.next()).isEqualTo("{\"type\":\"leave\"}");
    ada.send("{\"type\":\"offer\",\"name\":\"leaving\",\"offer\":{}}");
    assertThat(ada.next()).contains("No such user: leaving");
  }

  @Test
  void withoutRedisSocketsStayNewOnesAreTurnedAwayAndAllHealsByItself()
      throws InterruptedException, IOException {
    Client ada = connect(one.socket("/"));
    Client bob = connect(two.socket("/"));
    ada.send("{\"type\":\"login\",\"name\":\"patient\"}");
    ada.next();
    bob.send("{\"type\":\"login\",\"name\":\"stoic\"}");
    bob.next();

    redis.stop();
    try {
      await().atMost(SOON).untilAsserted(() -> assertThat(upgradeStatus(one)).isEqualTo(503));
      assertThat(status(one, "/q/health/ready")).isEqualTo(200);
      ada.send("{\"type\":\"offer\",\"name\":\"stoic\",\"offer\":{}}");
      assertThat(ada.next()).contains("Not possible for now");
    } finally {
      redis.resume();
    }

    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(upgradeStatus(one)).isEqualTo(101);
          assertThat(upgradeStatus(two)).isEqualTo(101);
        });
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          ada.send("{\"type\":\"offer\",\"name\":\"stoic\",\"offer\":{}}");
          bob.settle();
          assertThat(bob.unread()).isNotEmpty();
        });
  }

  private int upgradeStatus(Pod pod) {
    try {
      Client client = connect(pod.socket("/"));
      client.close();
      return 101;
    } catch (IllegalStateException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? refused.getResponse().statusCode()
          : -1;
    }
  }

  @Test
  void bothPodsTellWhatTheyDid() throws IOException, InterruptedException {
    String metrics =
        HTTP.send(
                HttpRequest.newBuilder(one.http("/q/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(metrics).contains("switchboard_bus_lag_seconds_count").doesNotContain("raced");
  }

  /** How a dialect's clients come in. */
  private record Entrance(String path, List<String> subprotocols) {}
}
