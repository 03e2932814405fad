package dev.switchboard.presence.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.Patience;
import dev.switchboard.identity.Realm;
import dev.switchboard.presence.feed.Feed;
import dev.switchboard.presence.webhook.Shop.Answer;
import dev.switchboard.presence.webhook.Shop.Posted;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a change in Redis to a receiver over HTTP; several pods share this process. */
@QuarkusTest
@TestProfile(ShortHistory.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DeliveryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long BEAT_MILLIS = 50;
  private static final AtomicInteger REALMS = new AtomicInteger();

  private final Feed feed;
  private final ReactiveRedisDataSource redis;
  private final ObjectMapper json;
  private final Vertx vertx;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Pod> pods = new ArrayList<>();
  RealRedis server;

  private Realm realm;
  private Comings comings;
  private Shop shop;

  @Inject
  DeliveryTest(Feed feed, ReactiveRedisDataSource redis, ObjectMapper json, Vertx vertx) {
    this.feed = feed;
    this.redis = redis;
    this.json = json;
    this.vertx = vertx;
  }

  @BeforeEach
  void thereIsAReceiver() {
    realm = new Realm("realm-" + REALMS.incrementAndGet());
    comings = new Comings(redis.getRedis(), realm, 10_000);
    shop = new Shop();
  }

  @AfterEach
  void everythingStops() {
    pods.forEach(Pod::stop);
    shop.close();
  }

  @Test
  void eachEventIsPostedOnceSignedWithItsOwnId() {
    pod();
    comings.enter("ada");
    comings.join("ada", "standup");
    comings.leave("ada");
    eventually(() ->
        assertThat(shop.types())
            .containsExactly("presence.enter", "presence.enter", "presence.leave"));
    shop.assertThatAllIsWellSigned();
    assertThat(shop.ids()).hasSize(3);

    Posted first = shop.posted().getFirst();
    String id = first.json().getJsonObject("data").getString("id");
    assertThat(first.id()).isEqualTo(realm + ":" + id);
    assertThat(first.path()).isEqualTo("/hook?a=b");
    assertThat(first.host()).isEqualTo("127.0.0.1:" + shop.port());
    assertThat(Instant.ofEpochSecond(first.timestamp())).isCloseTo(Instant.now(), within(SOON));
    assertThat(first.body())
        .startsWith("{\"type\":\"presence.enter\",\"timestamp\":\"")
        .contains("\"data\":{\"type\":\"enter\",\"id\":\"" + id + "\",\"at\":\"");
    assertThat(shop.posted().get(1).json().getJsonObject("data").getString("room"))
        .isEqualTo("standup");
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(tries("delivered")).isEqualTo(3);
    assertThat(metrics.get("switchboard.webhook.latency").timer().count()).isEqualTo(3);
  }

  /** The path of a receiver is often as good as a password. */
  @Test
  void noMetricHasTheUrl() {
    pod();
    comings.enter("ada");
    eventually(() -> assertThat(tries("delivered")).isEqualTo(1));
    assertThat(given().get("/q/metrics").then().extract().asString())
        .contains("switchboard_presence_realms")
        .doesNotContain("/hook");
  }

  @Test
  void whatTheReceiverIsNotToldOfIsPassedOver() {
    pod(Map.of("rooms", "false"));
    comings.enter("ada");
    comings.join("ada", "standup");
    comings.enter("bob");
    eventually(() -> assertThat(shop.posted()).extracting(Posted::peer).contains("bob"));
    assertThat(shop.posted()).hasSize(2);
  }

  @Test
  void eventsOfOnePeerArriveInOrder() {
    pod();
    pod();
    for (int i = 0; i < 25; i++) {
      for (String peer : List.of("ada", "bob", "eve")) {
        comings.enter(peer);
        comings.leave(peer);
      }
    }
    eventually(() -> assertThat(shop.posted()).hasSize(150));
    for (String peer : List.of("ada", "bob", "eve")) {
      assertThat(shop.posted().stream().filter(it -> it.peer().equals(peer)).map(Posted::type))
          .containsExactlyElementsOf(
              IntStream.range(0, 50)
                  .mapToObj(i -> i % 2 == 0 ? "presence.enter" : "presence.leave")
                  .toList());
    }
    assertThat(shop.ids()).hasSize(150);
  }

  @Test
  void manyPodsQueueEachEventOnce() {
    pod();
    pod();
    pod();
    for (int i = 0; i < 100; i++) {
      comings.enter("peer-" + i);
    }
    eventually(() -> assertThat(shop.ids()).hasSize(100));
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.posted()).hasSize(100);
  }

  @Test
  void aFailureIsTriedAgainAndHoldsUpNobody() {
    AtomicInteger failures = new AtomicInteger();
    shop.answers(post ->
        post.peer().equals("ada") && failures.incrementAndGet() <= 3
            ? new Answer(500)
            : new Answer(200));
    pod(Map.of("retry-floor", "100ms", "retry-ceiling", "5s"));
    comings.enter("ada");
    eventually(() -> assertThat(shop.posted()).isNotEmpty());
    comings.enter("bob");
    eventually(() -> assertThat(shop.posted()).extracting(Posted::peer).contains("bob"));
    eventually(() -> assertThat(ofPeer("ada")).hasSize(4));
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.ids()).hasSize(2);
    shop.assertThatAllIsWellSigned();
    // The waits double: half of 100, 200 and 400 ms at least.
    List<Posted> tries = ofPeer("ada");
    assertThat(Duration.ofNanos(tries.get(3).nanos() - tries.get(0).nanos()))
        .isGreaterThan(Duration.ofMillis(350));
    assertThat(tries("failed")).isEqualTo(3);
    assertThat(length("due")).isZero();
  }

  @Test
  void aReceiverThatIsSilentOrGoneIsAFailure() {
    shop.answers(Shop.SILENCE);
    pod(Map.of("timeout", "300ms", "retry-floor", "50ms", "retry-ceiling", "100ms"));
    comings.enter("ada");
    eventually(() -> assertThat(ofPeer("ada")).hasSizeGreaterThan(1));
    shop.answers(200);
    eventually(() -> assertThat(length("queue")).isZero());
  }

  @Test
  void aRedirectIsNotFollowed() {
    shop.answers(_ -> new Answer(307, Map.of("Location", "/elsewhere")));
    pod(Map.of("retry-floor", "50ms", "retry-ceiling", "50ms"));
    comings.enter("ada");
    eventually(() -> assertThat(shop.posted()).hasSizeGreaterThan(2));
    assertThat(shop.posted()).extracting(Posted::path).containsOnly("/hook?a=b");
  }

  @Test
  void anAddressThatIsPrivateIsRefused() {
    pod(Map.of("allow-private", "false", "retry-floor", "50ms", "give-up-after", "200ms"));
    comings.enter("ada");
    eventually(() -> assertThat(length("dead")).isEqualTo(1));
    assertThat(deadLetters()).contains("not public");
    assertThat(shop.posted()).isEmpty();
  }

  @Test
  void aReceiverThatIsGoneIsLeftAloneUntilSomebodySaysOtherwise() {
    shop.answers(410);
    pod();
    pod();
    comings.enter("ada");
    eventually(
        () -> assertThat(metrics.get("switchboard.webhook.disabled").gauge().value()).isEqualTo(1));
    comings.enter("bob");
    eventually(() -> assertThat(length("queue")).isEqualTo(2));
    assertThat(shop.posted()).hasSize(1);
    shop.answers(200);
    execute("HDEL", key(), "disabled");
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.ids()).hasSize(2);
  }

  @Test
  void retryAfterIsHonouredForAll() {
    AtomicInteger refused = new AtomicInteger();
    shop.answers(_ ->
        refused.incrementAndGet() == 1
            ? new Answer(429, Map.of("Retry-After", "2"))
            : new Answer(200));
    pod(Map.of("retry-floor", "10ms"));
    comings.enter("ada");
    eventually(() -> assertThat(shop.posted()).hasSize(1));
    comings.enter("bob");
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.posted()).hasSize(3);
    assertThat(Duration.ofNanos(shop.posted().get(1).nanos() - shop.posted().get(0).nanos()))
        .isGreaterThan(Duration.ofMillis(1800));
  }

  @Test
  void whatIsGivenUpIsADeadLetterAndTheOldestMakesRoom() {
    shop.answers(500);
    pod(
        Map.of(
            "retry-floor", "20ms",
            "retry-ceiling", "50ms",
            "give-up-after", "300ms",
            "dead-letters", "2"));
    for (String peer : List.of("ada", "bob", "eve")) {
      comings.enter(peer);
      int given = List.of("ada", "bob", "eve").indexOf(peer) + 1;
      eventually(() -> assertThat(tries("dead")).isEqualTo(given));
    }
    assertThat(length("queue")).isZero();
    assertThat(length("dead")).isEqualTo(2);
    assertThat(deadLetters()).contains("bob", "eve", "status 500").doesNotContain("ada");
    eventually(() ->
        assertThat(metrics.get("switchboard.webhook.dead.letters").gauge().value()).isEqualTo(2));
    assertThat(ofPeer("ada")).hasSizeGreaterThan(2);

    shop.answers(200);
    execute("XADD", key() + ":queue", "*", "id", "by-hand", "peer", "", "body", "{}");
    eventually(() -> assertThat(shop.ids()).contains(realm + ":by-hand"));
    eventually(() -> assertThat(length("queue")).isZero());
  }

  @Test
  void whatHappensWhileNoPodIsThereIsPostedLater() {
    Pod first = pod();
    comings.enter("ada");
    eventually(() -> assertThat(shop.posted()).hasSize(1));
    first.stop();
    comings.enter("bob");
    comings.leave("ada");
    pod();
    eventually(() ->
        assertThat(shop.types())
            .containsExactlyInAnyOrder("presence.enter", "presence.enter", "presence.leave"));
    assertThat(shop.ids()).hasSize(3);
  }

  @Test
  void aNewWebhookBeginsAtThePresent() {
    comings.enter("ada");
    pod();
    comings.enter("bob");
    eventually(() -> assertThat(shop.posted()).isNotEmpty());
    assertThat(shop.posted()).extracting(Posted::peer).containsExactly("bob");
  }

  @Test
  void afterAFullQueueTheReceiverIsToldToReadTheState() {
    shop.answers(500);
    Map<String, String> slow =
        Map.of("queue", "5", "retry-floor", "100ms", "retry-ceiling", "200ms");
    pod(slow);
    Comings forgetful = new Comings(redis.getRedis(), realm, 1);
    for (int i = 0; i < 2 * ShortHistory.EVENTS; i++) {
      forgetful.enter("peer-" + i);
    }
    eventually(() -> assertThat(length("queue")).isEqualTo(5));
    shop.answers(200);
    eventually(() -> assertThat(shop.types()).contains("presence.resync"));
    Posted resync =
        shop.posted().stream()
            .filter(it -> it.type().equals("presence.resync"))
            .findFirst()
            .orElseThrow();
    assertThat(resync.id())
        .isEqualTo(realm + ":" + resync.json().getJsonObject("data").getString("id") + ".resync");
    comings.enter("late");
    eventually(() -> assertThat(shop.posted()).extracting(Posted::peer).contains("late"));
    assertThat(shop.types().stream().filter("presence.resync"::equals)).hasSize(1);
  }

  @Test
  void whereRedisForgotTheReceiverIsToldToReadTheState() {
    pod();
    pod();
    comings.enter("ada");
    eventually(() -> assertThat(length("queue")).isZero());
    execute("DEL", key());
    comings.enter("bob");
    eventually(() -> assertThat(shop.types()).contains("presence.resync"));
    comings.enter("eve");
    eventually(() -> assertThat(shop.posted()).extracting(Posted::peer).contains("eve"));
    assertThat(shop.types().stream().filter("presence.resync"::equals)).hasSize(1);
  }

  @Test
  void afterARedisThatLostEverythingTheReceiverIsToldToReadTheState() {
    pod();
    pod();
    comings.enter("ada");
    eventually(() -> assertThat(length("queue")).isZero());
    server.restartEmpty();
    eventually(() -> comings.enter("bob"));
    eventually(() -> assertThat(shop.types()).contains("presence.resync"));
    comings.enter("eve");
    eventually(() -> assertThat(shop.posted()).extracting(Posted::peer).contains("eve"));
    assertThat(shop.types().stream().filter("presence.resync"::equals)).hasSize(1);
    shop.assertThatAllIsWellSigned();
  }

  @Test
  void whatWasDeliveredButCouldNotBeWrittenDownIsDeliveredAgain() {
    AtomicInteger posts = new AtomicInteger();
    shop.answers(_ -> {
      if (posts.incrementAndGet() == 1) {
        server.refuseWrites();
      }
      return new Answer(200);
    });
    // Its lease outlasts the test: it has to find out by itself what it left behind.
    pod(Map.of("lease", "5m"));
    comings.enter("ada");
    eventually(() -> assertThat(tries("delivered")).isEqualTo(1));
    assertThat(length("queue")).isEqualTo(1);
    server.takeWrites();
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.posted()).hasSize(2);
    assertThat(shop.ids()).hasSize(1);
  }

  @Test
  void whatAPodHadUnderWayWhenItDiedTheNextDelivers() {
    shop.answers(Shop.SILENCE);
    Map<String, String> shortLease = Map.of("lease", "1s", "timeout", "30s");
    Pod dying = pod(shortLease);
    comings.enter("ada");
    comings.enter("bob");
    eventually(() -> assertThat(shop.posted()).hasSize(2));
    dying.freeze();
    shop.answers(200);
    pod(shortLease);
    eventually(() -> assertThat(length("queue")).isZero());
    assertThat(shop.posted()).hasSize(4);
    assertThat(shop.ids()).hasSize(2);
  }

  @Test
  void whoLostTheLeaseTakesNothingOut() {
    Receiver receiver = Receiver.read(Configured.NAME, settings(Map.of("lease", "200ms")), true);
    Spool slow = spool(receiver, "slow");
    Spool quick = spool(receiver, "quick");
    ChangeId id = new ChangeId(1, 0, 0);
    slow.restart("", ChangeId.NONE, "").await().atMost(SOON);
    slow.fill(List.of(new Spool.Item(id, "ada", "{}"))).await().atMost(SOON);
    Letter letter = take(slow).letters().getFirst();
    eventually(() -> assertThat(take(quick).hold()).isEqualTo(Spool.Hold.NEW));
    slow.done(letter).await().atMost(SOON);
    assertThat(slow.later(letter, Duration.ZERO, "late").await().atMost(SOON)).isFalse();
    slow.disable().await().atMost(SOON);
    slow.release().await().atMost(SOON);
    assertThat(length("queue")).isEqualTo(1);
    assertThat(length("due")).isZero();
    assertThat(take(quick)).matches(it -> it.hold() == Spool.Hold.KEPT && !it.disabled());
  }

  @Test
  void partsOfAVersionAreQueuedOnlyByWhomItIsNew() {
    Receiver receiver = Receiver.read(Configured.NAME, settings(Map.of()), true);
    Spool spool = spool(receiver, "pod");
    spool.restart("", ChangeId.NONE, "").await().atMost(SOON);
    assertThat(fill(spool, "5-1", "5-1")).isEqualTo("5-1");
    assertThat(fill(spool, "5-1.1", "5-1.2", "4-9")).isEqualTo("5-1");
    assertThat(fill(spool, "6-0.1", "6-0.2", "6-0.2", "6-0")).isEqualTo("6-0.2");
    assertThat(fill(spool, "10-0")).isEqualTo("10-0");
    assertThat(length("queue")).isEqualTo(4);
  }

  private static String fill(Spool spool, String... ids) {
    return spool
        .fill(
            Stream.of(ids)
                .map(id -> ChangeId.parse(id).orElseThrow())
                .map(id -> new Spool.Item(id, "ada", "{}"))
                .toList())
        .await()
        .atMost(SOON)
        .cursor();
  }

  private static Spool.Taken take(Spool spool) {
    return spool.take("0-0", 10, Duration.ofSeconds(10)).await().atMost(SOON);
  }

  private Pod pod() {
    return pod(Map.of());
  }

  private Pod pod(Map<String, String> settings) {
    Pod pod = new Pod(settings(settings));
    pods.add(pod);
    eventually(() -> assertThat(length("")).isPositive());
    return pod;
  }

  private WebhookConfig.Settings settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", shop.url());
    settings.put("secret", Configured.SECRET);
    settings.put("realm", realm.name());
    settings.put("allow-private", "true");
    settings.putAll(more);
    return Configured.with(settings);
  }

  private Spool spool(Receiver receiver, String pod) {
    return new Spool(redis.getRedis(), new Patience(Duration.ofSeconds(5)), receiver, pod);
  }

  private List<Posted> ofPeer(String peer) {
    return shop.posted().stream().filter(it -> it.peer().equals(peer)).toList();
  }

  private double tries(String result) {
    return metrics.get("switchboard.webhook.deliveries").tag("result", result).counter().count();
  }

  private String key() {
    return "switchboard:{" + realm + "}:webhook:" + Configured.NAME;
  }

  /** Of the key that ends so. */
  private long length(String part) {
    return switch (part) {
      case "" -> Long.parseLong(execute("HLEN", key()));
      case "due" -> Long.parseLong(execute("ZCARD", key() + ":due"));
      default -> Long.parseLong(execute("XLEN", key() + ":" + part));
    };
  }

  private String deadLetters() {
    return execute("XRANGE", key() + ":dead", "-", "+");
  }

  private String execute(String command, String... arguments) {
    return redis.execute(command, arguments).await().atMost(SOON).toString();
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(check);
  }

  /** A pod's part in the webhook. */
  private final class Pod {

    private final Webhook webhook;
    private final long timer;
    private boolean over;

    Pod(WebhookConfig.Settings settings) {
      Receiver receiver = Receiver.read(Configured.NAME, settings, true);
      this.webhook =
          new Webhook(
              receiver,
              feed,
              spool(receiver, "pod-" + System.nanoTime()),
              new Post(receiver, Lookup.SYSTEM, vertx, new HttpClientOptions()),
              json,
              metrics,
              vertx);
      this.timer = vertx.setPeriodic(BEAT_MILLIS, _ -> webhook.beat());
    }

    /** It does nothing more, and releases nothing. */
    void freeze() {
      over = true;
      vertx.cancelTimer(timer);
    }

    void stop() {
      if (!over) {
        freeze();
        webhook.stop().await().atMost(SOON);
      }
    }
  }
}
