package dev.switchboard.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries, rooms, pages and statuses. */
@QuarkusTest
@TestProfile(OpenProfile.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class AskTest {

  private static final Instant EARLY = Instant.parse("2026-01-01T10:00:00Z");

  private final ReactiveRedisDataSource redis;
  private Signaling signaling;

  @Inject
  AskTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  @BeforeEach
  void nobodyIsHere() {
    signaling = new Signaling(redis, "pod");
    signaling.forgetEverything();
  }

  @Test
  void manyAreAskedAboutAtOnceAndAnsweredInThatOrder() {
    signaling.enter("v1", "ada", "s1", EARLY);
    signaling.enter("v1", "gone", "s2", EARLY);
    signaling.leave("s2");
    query(List.of("nobody", "ada", "gone", "ada"))
        .statusCode(200)
        .body("peers.peer", contains("nobody", "ada", "gone"))
        .body("peers.online", contains(false, true, false))
        .body("peers[0]", not(hasKey("lastSeen")))
        .body("peers[2].lastSeen", notNullValue());
  }

  @Test
  void aThousandMayBeAskedAboutAndNoMore() {
    List<String> names =
        new ArrayList<>(IntStream.range(0, 1000).mapToObj(i -> "é" + i + "x".repeat(120)).toList());
    query(names).statusCode(200).body("peers", hasSize(1000));
    names.add("one more");
    query(names).statusCode(400).contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"peers\":[]}",
        "{\"peers\":[\"\"]}",
        "{\"peers\":\"ada\"}",
        "{\"peers\":[null]}",
        "{\"peers\":[\"a\\u0000b\"]}",
        "{\"peers\":[[]]}",
        "noise"
      })
  void aQueryThatMakesNoSenseIsAProblem(String body) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/presence/query")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void aRoomHasACountAndMembersInPages() {
    for (int i = 0; i < 5; i++) {
      signaling.enter("v1", "p" + i, "s" + i, EARLY);
      signaling.join("s" + i, "tea/milk", i == 0 ? "{\"hand\":true}" : "");
    }
    String cursor =
        room("tea%2Fmilk?limit=3")
            .body("room", equalTo("tea/milk"))
            .body("scope", equalTo("v1"))
            .body("count", equalTo(5))
            .body("members.peer", contains("p0", "p1", "p2"))
            .body("members[0].meta.hand", equalTo(true))
            .extract()
            .path("cursor");
    signaling.exit("s2", "tea/milk");
    room("tea%2Fmilk?limit=3&cursor=" + cursor)
        .body("count", equalTo(4))
        .body("members.peer", contains("p3", "p4"))
        .body("cursor", nullValue());
    room("tea%2Fmilk?scope=rooms").body("count", equalTo(0)).body("members", hasSize(0));
    given().get("/presence/p3").then().body("sessions[0].rooms", contains("tea/milk"));
  }

  @Test
  void theRoomsThatSomebodyIsInAreListedInPages() {
    signaling.enter("v1", "ada", "s1", EARLY);
    for (String room : List.of("c", "a", "b")) {
      signaling.join("s1", room, "");
    }
    String cursor =
        given()
            .get("/presence/rooms?limit=2")
            .then()
            .statusCode(200)
            .body("rooms.room", contains("a", "b"))
            .body("rooms.count", contains(1, 1))
            .extract()
            .path("cursor");
    given()
        .get("/presence/rooms?cursor=" + cursor)
        .then()
        .body("rooms.room", contains("c"))
        .body("cursor", nullValue());
  }

  @Test
  void theListHasPages() {
    for (String peer : List.of("d", "a", "c", "b")) {
      signaling.enter("v1", peer, "s" + peer, EARLY);
    }
    String cursor =
        given()
            .get("/presence?limit=3")
            .then()
            .body("peers.peer", contains("a", "b", "c"))
            .extract()
            .path("cursor");
    given()
        .get("/presence?limit=3&cursor=" + cursor)
        .then()
        .body("count", equalTo(4))
        .body("peers.peer", contains("d"))
        .body("cursor", nullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/presence?cursor=%21",
        "/presence/rooms/tea?cursor=YQ",
        "/presence/rooms?cursor=%FF"
      })
  void aCursorThatIsNoneIsAProblem(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("cursor"));
  }

  @Test
  void aStatusStandsOverReconnectsUntilAnotherIsSaid() {
    put("ada", "{\"status\":\"busy\",\"text\":\"in a call\"}").statusCode(204);
    given().get("/presence/ada").then().body("online", equalTo(false)).body("status", nullValue());
    signaling.enter("v1", "ada", "s1", EARLY);
    given()
        .get("/presence/ada")
        .then()
        .body("status.status", equalTo("busy"))
        .body("status.text", equalTo("in a call"))
        .body("status", not(hasKey("until")));
    given().get("/presence").then().body("peers[0].status.status", equalTo("busy"));
    put("ada", "{\"status\":\"away\"}").statusCode(204);
    given().get("/presence/ada").then().body("status", equalTo(Map.of("status", "away")));
    given().queryParam("name", "ada").delete("/presence/me/status").then().statusCode(204);
    given().get("/presence/ada").then().body("status", nullValue());
  }

  @Test
  void aStatusIsOverWhenItsTimeIsUp() {
    signaling.enter("v1", "ada", "s1", EARLY);
    Instant soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
    put("ada", "{\"status\":\"busy\",\"until\":\"" + soon + "\"}").statusCode(204);
    given().get("/presence/ada").then().body("status.until", equalTo(soon.toString()));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> given().get("/presence/ada").then().body("status", nullValue()));
    assertThat(Instant.now()).isAfterOrEqualTo(soon);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"status\":\"dancing\"}",
        "{\"status\":null}",
        "{\"status\":\"busy\",\"text\":\"a\\nb\"}",
        "{\"status\":\"busy\",\"until\":\"2020-01-01T00:00:00Z\"}",
        "{\"status\":\"busy\",\"until\":\"2999-01-01T00:00:00Z\"}",
        "{\"status\":\"busy\",\"until\":\"tomorrow\"}",
      })
  void aStatusThatMakesNoSenseIsAProblem(String body) {
    put("ada", body).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void aStatusOf140CharactersIsTheLongest() {
    put("ada", "{\"status\":\"busy\",\"text\":\"" + "x".repeat(140) + "\"}").statusCode(204);
    put("ada", "{\"status\":\"busy\",\"text\":\"" + "x".repeat(141) + "\"}").statusCode(400);
  }

  @Test
  void whereNobodyNeedsATokenAStatusNeedsAName() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"status\":\"busy\"}")
        .put("/presence/me/status")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  private static ValidatableResponse query(List<String> names) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("peers", names))
        .post("/presence/query")
        .then();
  }

  private static ValidatableResponse room(String path) {
    return given().urlEncodingEnabled(false).get("/presence/rooms/" + path).then().statusCode(200);
  }

  private static ValidatableResponse put(String name, String body) {
    return given()
        .queryParam("name", name)
        .contentType(ContentType.JSON)
        .body(body)
        .put("/presence/me/status")
        .then();
  }
}
