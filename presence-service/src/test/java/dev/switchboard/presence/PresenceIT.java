package dev.switchboard.presence;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service, as a process of its own, against a real Redis. */
@QuarkusIntegrationTest
@TestProfile(OpenProfile.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class PresenceIT {

  RealRedis server;

  private Vertx vertx;
  private Signaling signaling;

  @BeforeEach
  void signalingIsThere() {
    vertx = Vertx.vertx();
    Redis redis = Redis.createClient(vertx, server.url());
    signaling =
        new Signaling(new ReactiveRedisDataSourceImpl(vertx, redis, RedisAPI.api(redis)), "pod");
  }

  @AfterEach
  void signalingGoes() {
    vertx.closeAndAwait();
  }

  @Test
  void itShowsWhoIsOnlineAndWhoWas() {
    signaling.enter("call", "ada", "s1", Instant.parse("2026-01-01T10:00:00Z"));
    given().get("/presence/ada").then().statusCode(200).body("online", equalTo(true));
    given().get("/presence").then().statusCode(200).body("count", equalTo(1));
    signaling.leave("s1");
    given()
        .get("/presence/ada")
        .then()
        .body("online", equalTo(false))
        .body("lastSeen", notNullValue());
  }

  @Test
  void itIsReadyAndTellsItsMetrics() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    given().get("/q/metrics").then().body(containsString("switchboard_presence_events_total"));
  }
}
