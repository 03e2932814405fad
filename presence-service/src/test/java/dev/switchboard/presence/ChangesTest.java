package dev.switchboard.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OpenProfile.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ChangesTest {

  private static final Instant EARLY = Instant.parse("2026-01-01T10:00:00Z");

  private final ReactiveRedisDataSource redis;
  RealRedis server;

  private Signaling signaling;

  @Inject
  ChangesTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  @BeforeEach
  void theFeedIsSubscribed() {
    signaling = new Signaling(redis, "pod");
    eventually(() -> {
      given()
          .get("/q/health/ready")
          .then()
          .statusCode(200)
          .body(containsString("[OK] - subscribed"));
      signaling.forgetEverything();
    });
  }

  @Test
  void whoLeavesWasLastSeenThen() {
    signaling.enter("call", "ada", "s1", EARLY);
    given().get("/presence/ada").then().body("online", equalTo(true));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    signaling.leave("s1");
    given().get("/presence/ada").then().body("online", equalTo(false));
    assertThat(Instant.parse(lastSeen("ada"))).isBetween(before, Instant.now());
  }

  @Test
  void lastSeenExpires() {
    signaling.enter("call", "ada", "s1", EARLY);
    signaling.leave("s1");
    long seconds =
        redis.key().ttl("switchboard:{default}:seen:ada").await().atMost(Duration.ofSeconds(20));
    assertThat(seconds).isPositive().isLessThanOrEqualTo(Duration.ofDays(30).toSeconds());
  }

  @Test
  void noiseOnTheChannelStopsNothing() {
    given().get("/presence").then().statusCode(200);
    signaling.publish("noise");
    signaling.publish("{\"v\":3,\"kind\":\"dance\"}");
    signaling.publish("");
    signaling.publish("{\"v\":2}");
    eventually(() ->
        given()
            .get("/q/metrics")
            .then()
            .body(containsString("switchboard_bus_unreadable_total{reason=\"noise\"} 2.0"))
            .body(containsString("switchboard_bus_unreadable_total{reason=\"version\"} 1.0")));
    signaling.enter("call", "ada", "s1", EARLY);
    given().get("/presence/ada").then().body("online", equalTo(true));
  }

  @Test
  void aChangeIsHeardOfWithoutBeingAskedFor() {
    given().get("/presence").then().statusCode(200);
    double before = entered();
    signaling.enter("call", "ada", "s1", EARLY);
    eventually(() -> assertThat(entered()).isEqualTo(before + 1));
  }

  @Test
  void afterARestartOfRedisTheRealmIsReadAfresh() {
    signaling.enter("call", "ada", "s1", EARLY);
    given().get("/presence/ada").then().body("online", equalTo(true));
    server.restartEmpty();
    eventually(() -> given().get("/presence/ada").then().body("online", equalTo(false)));
    eventually(() -> {
      signaling.renew();
      given().get("/presence/ada").then().statusCode(200).body("online", equalTo(true));
    });
  }

  @Test
  void withoutRedisAnswersAre503QuicklyAndThePodStaysReady() {
    server.stop();
    try {
      for (String path : new String[] {"/presence", "/presence/ada"}) {
        given()
            .get(path)
            .then()
            .statusCode(503)
            .contentType("application/problem+json")
            .header("Retry-After", "2")
            .header("Cache-Control", "no-store")
            .body("status", equalTo(503));
      }
      eventually(() ->
          given()
              .get("/q/health/ready")
              .then()
              .statusCode(200)
              .body(containsString("Redis is gone, subscribing again")));
      given().get("/q/health/live").then().statusCode(200);
    } finally {
      server.resume();
    }
    eventually(() -> given().get("/presence").then().statusCode(200));
  }

  @Test
  void aRedisThatDoesNotAnswerIs503Too() {
    redis.execute("CLIENT", "PAUSE", "4000", "ALL").await().atMost(Duration.ofSeconds(20));
    given()
        .get("/presence/ada")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "2");
    eventually(() -> given().get("/presence/ada").then().statusCode(200));
  }

  private static double entered() {
    return given()
        .get("/q/metrics")
        .then()
        .extract()
        .asString()
        .lines()
        .filter(
            line -> line.startsWith("switchboard_presence_events_total{kind=\"enter\",of=\"peer\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  private static String lastSeen(String peer) {
    return given().get("/presence/" + peer).then().statusCode(200).extract().path("lastSeen");
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable check) {
    ConditionFactory patiently = await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
    patiently.untilAsserted(check);
  }
}
