package dev.switchboard.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.switchboard.identity.Realm;
import dev.switchboard.testing.EventStream;
import dev.switchboard.testing.RedisTestResource;
import dev.switchboard.testing.TestKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ClosedTest.Closed.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ClosedTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final Instant SINCE = Instant.parse("2026-01-01T10:00:00Z");

  public static class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("mp.jwt.verify.publickey", KEYS.publicKeyPem());
    }
  }

  private final ReactiveRedisDataSource redis;

  @TestHTTPResource("/presence/events")
  URI events;

  @Inject
  ClosedTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  @BeforeEach
  void threePeersAreOnlineInTwoRealms() {
    Signaling signaling = new Signaling(redis, "pod");
    signaling.forgetEverything();
    signaling.enter("call", "team-ada", "s1", SINCE);
    signaling.enter("call", "bob", "s2", SINCE);
    signaling.enter(new Realm("acme"), "call", "eve", "s3", SINCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/presence", "/presence/bob"})
  void withoutATokenNothingIsSaid(String path) {
    given()
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .header("Cache-Control", "no-store")
        .header("Vary", "Origin, Authorization");
  }

  @Test
  void aTokenOpensItsOwnRealm() {
    with(Map.of())
        .get("/presence")
        .then()
        .statusCode(200)
        .body("peers.peer", contains("bob", "team-ada"));
    with(Map.of("realm", "acme"))
        .get("/presence")
        .then()
        .statusCode(200)
        .body("peers.peer", contains("eve"));
    with(Map.of("realm", "acme")).get("/presence/bob").then().body("online", equalTo(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/presence", "/presence/bob", "/presence?limit=0"})
  void withoutThePresenceGrantNothingIsSaid(String path) {
    with(Map.of("switchboard", Map.of("presence", false)))
        .get(path)
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("status", equalTo(403));
  }

  @Test
  void aPeerOutsideTheGrantsIsForbiddenWhetherOnlineOrNot() {
    for (String peer : List.of("bob", "nobody")) {
      with(Map.of("switchboard", Map.of("peers", List.of("team-*"))))
          .get("/presence/" + peer)
          .then()
          .statusCode(403)
          .contentType("application/problem+json");
    }
    with(Map.of("switchboard", Map.of("peers", List.of("team-*"))))
        .get("/presence/team-ada")
        .then()
        .statusCode(200)
        .body("online", equalTo(true));
  }

  @Test
  void peersOutsideTheGrantsAreNeitherListedNorCounted() {
    with(Map.of("switchboard", Map.of("peers", List.of("team-*"))))
        .get("/presence")
        .then()
        .statusCode(200)
        .body("count", equalTo(1))
        .body("peers.peer", contains("team-ada"));
  }

  @Test
  void aQueryLeavesOutWhomTheGrantsDoNotReach() {
    with(Map.of("switchboard", Map.of("peers", List.of("team-*"))))
        .contentType("application/json")
        .body(Map.of("peers", List.of("bob", "team-ada")))
        .post("/presence/query")
        .then()
        .statusCode(200)
        .body("peers.peer", contains("team-ada"));
  }

  @Test
  void aRoomIsShownToWhoMayJoinIt() {
    Map<String, Object> claims = Map.of("switchboard", Map.of("rooms", List.of("team-*")));
    with(claims).get("/presence/rooms/team-tea").then().statusCode(200);
    with(claims).get("/presence/rooms/tea").then().statusCode(403);
    with(claims).get("/presence/events?room=tea").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/presence/events", "/presence/events?peers=bob"})
  void whoMayNotSeeMayNotWatch(String path) {
    given().get(path).then().statusCode(401);
    with(Map.of("switchboard", Map.of("presence", false))).get(path).then().statusCode(403);
  }

  @Test
  void whoWatchesEverybodyIsToldOfThoseItMaySee() {
    try (EventStream stream =
        new EventStream(
            events,
            Map.of(
                "Authorization",
                "Bearer "
                    + KEYS.token(
                        "ada", Map.of("switchboard", Map.of("peers", List.of("team-*"))))))) {
      assertThat(stream.next().data()).contains("team-ada").doesNotContain("bob");
      Signaling signaling = new Signaling(redis, "other");
      signaling.enter("call", "eva", "s8", SINCE);
      signaling.enter("call", "team-bob", "s9", SINCE);
      assertThat(stream.next().data()).contains("team-bob");
    }
  }

  @Test
  void aSocketBringsItsTokenInTheFirstFrame() throws InterruptedException {
    String token = KEYS.token("ada", Map.of("switchboard", Map.of("peers", List.of("team-*"))));
    try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
      socket.send("{\"token\":\"" + token + "\"}");
      assertThat(socket.next()).startsWith("{\"type\":\"snapshot\"").contains("team-ada");
    }
    try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
      socket.send("{\"token\":\"" + token + "\",\"peers\":[\"bob\"]}");
      assertThat(socket.next()).contains("\"type\":\"error\",\"status\":403");
      assertThat(socket.next()).isEqualTo("closed 1008");
    }
    for (String first : List.of("{}", "{\"token\":\"" + token + "x\"}")) {
      try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
        socket.send(first);
        assertThat(socket.next()).contains("\"status\":401");
        assertThat(socket.next()).isEqualTo("closed 1008");
      }
    }
  }

  @Test
  void aStatusIsOfTheNameInTheToken() {
    with(Map.of())
        .contentType("application/json")
        .body(Map.of("status", "busy"))
        .put("/presence/me/status")
        .then()
        .statusCode(204);
    with(Map.of())
        .contentType("application/json")
        .body(Map.of("status", "busy"))
        .put("/presence/me/status?name=bob")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
  }

  @Test
  void healthAndMetricsNeedNoToken() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(200);
  }

  private static RequestSpecification with(Map<String, Object> claims) {
    return given().header("Authorization", "Bearer " + KEYS.token("ada", claims));
  }
}
