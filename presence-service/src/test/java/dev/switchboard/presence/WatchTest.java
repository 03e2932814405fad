package dev.switchboard.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.switchboard.testing.EventStream;
import dev.switchboard.testing.EventStream.Told;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WatchTest.Watched.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WatchTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant SINCE = Instant.parse("2026-01-01T10:00:00Z");

  public static class Watched implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(new OpenProfile().getConfigOverrides());
      config.put("switchboard.watch.max-watchers", "5");
      config.put("switchboard.watch.outbox", "256");
      config.put("switchboard.watch.heartbeat", "1s");
      config.put("switchboard.presence.history", "50");
      return config;
    }
  }

  private final ReactiveRedisDataSource redis;
  RealRedis server;

  @TestHTTPResource("/presence/events")
  URI events;

  private Signaling signaling;

  @Inject
  WatchTest(ReactiveRedisDataSource redis) {
    this.redis = redis;
  }

  @BeforeEach
  void nobodyIsHere() {
    signaling = new Signaling(redis, "pod");
    signaling.forgetEverything();
    await().atMost(SOON).untilAsserted(() -> assertThat(watchers()).isZero());
  }

  private EventStream watch(String query) {
    return new EventStream(URI.create(events + query), Map.of());
  }

  private EventStream resume(String query, String id) {
    return new EventStream(URI.create(events + query), Map.of("Last-Event-ID", id));
  }

  private static Told told(EventStream stream) {
    Told told = stream.next();
    while (told.name().equals("comment")) {
      told = stream.next();
    }
    return told;
  }

  private static String line(Told told) {
    JsonObject data = new JsonObject(told.data());
    return (told.name() + " " + data.getString("peer") + " " + data.getString("cause", "")).strip();
  }

  private static int watchers() {
    return given()
        .get("/q/metrics")
        .then()
        .extract()
        .asString()
        .lines()
        .filter(line -> line.startsWith("switchboard_watchers "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void whoWatchesIsToldHowItStandsAndThenWhatHappens() {
    signaling.enter("v1", "ada", "s1", SINCE);
    try (EventStream stream = watch("")) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type").orElse("")).startsWith("text/event-stream");
      assertThat(stream.header("X-Accel-Buffering")).contains("no");
      assertThat(stream.header("Cache-Control")).contains("no-store");
      Told snapshot = told(stream);
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(new JsonObject(snapshot.data()).getString("version")).isEqualTo(snapshot.id());
      assertThat(snapshot.data())
          .contains("\"peer\":\"ada\",\"online\":true,\"since\":\"2026-01-01T10:00:00Z\"");

      signaling.enter("v1", "bob", "s2", SINCE);
      signaling.enter("call", "bob", "s3", SINCE);
      signaling.describe("s2", "{\"mood\":[1e3]}");
      signaling.join("s2", "tea", "");
      signaling.leave("s2");
      signaling.leave("s3");

      Told enter = told(stream);
      assertThat(line(enter)).isEqualTo("enter bob");
      assertThat(new JsonObject(enter.data()).getString("id")).isEqualTo(enter.id());
      assertThat(line(told(stream))).isEqualTo("update bob session-began");
      Told described = told(stream);
      assertThat(line(described)).isEqualTo("update bob described");
      assertThat(described.data()).contains("\"meta\":{\"mood\":[1e3]}");
      assertThat(line(told(stream))).isEqualTo("update bob session-ended");
      Told leave = told(stream);
      assertThat(line(leave)).isEqualTo("leave bob");
      assertThat(leave.data()).contains("\"reason\":\"left\"").contains("\"count\":0");
    }
  }

  @Test
  void whoWatchesARoomIsToldOfThatRoomAlone() {
    signaling.enter("v1", "ada", "s1", SINCE);
    signaling.join("s1", "tea", "7");
    try (EventStream stream = watch("?room=tea")) {
      assertThat(told(stream).data())
          .contains(
              "\"room\":{\"room\":\"tea\",\"scope\":\"v1\",\"count\":1,\"members\":[{\"peer\":\"ada\",\"session\":\"s1\",\"meta\":7}]}");
      signaling.enter("v1", "bob", "s2", SINCE);
      signaling.join("s2", "cake", "");
      signaling.join("s2", "tea", "");
      signaling.exit("s1", "tea");
      Told enter = told(stream);
      assertThat(line(enter)).isEqualTo("enter bob");
      assertThat(enter.data()).contains("\"room\":\"tea\"").contains("\"count\":2");
      assertThat(line(told(stream))).isEqualTo("leave ada");
    }
  }

  @Test
  void whoWatchesSomePeersIsToldOfThoseAlone() {
    try (EventStream stream = watch("?peers=ada,bob")) {
      assertThat(told(stream).data())
          .contains("{\"peer\":\"ada\",\"online\":false},{\"peer\":\"bob\",\"online\":false}");
      signaling.enter("v1", "eve", "s1", SINCE);
      signaling.enter("v1", "bob", "s2", SINCE);
      assertThat(line(told(stream))).isEqualTo("enter bob");
    }
  }

  @Test
  void whoLostItsConnectionIsToldWhatItMissed() {
    String last;
    try (EventStream stream = watch("")) {
      told(stream);
      signaling.enter("v1", "ada", "s1", SINCE);
      last = told(stream).id();
    }
    signaling.enter("v1", "bob", "s2", SINCE);
    signaling.leave("s1");
    try (EventStream stream = resume("", last)) {
      assertThat(line(told(stream))).isEqualTo("enter bob");
      assertThat(line(told(stream))).isEqualTo("leave ada");
      signaling.leave("s2");
      assertThat(line(told(stream))).isEqualTo("leave bob");
    }
  }

  @Test
  void whoWasAwayForTooLongOrSaysNoiseIsToldHowItStands() {
    signaling.enter("v1", "ada", "s1", SINCE);
    String first;
    try (EventStream stream = watch("")) {
      first = told(stream).id();
    }
    for (int i = 0; i < 60; i++) {
      signaling.describe("s1", Integer.toString(i));
    }
    for (String id : List.of(first, "noise", "1-0")) {
      try (EventStream stream = resume("", id)) {
        assertThat(told(stream).name()).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void whatHappensWhileRedisIsGoneIsToldAsDifferences() {
    signaling.enter("v1", "ada", "s1", SINCE);
    try (EventStream stream = watch("")) {
      told(stream);
      server.restartEmpty();
      Told leave = told(stream);
      assertThat(line(leave)).isEqualTo("leave ada");
      assertThat(leave.data()).contains("\"reason\":\"unknown\"");
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> {
            signaling.renew();
            return true;
          });
      assertThat(line(told(stream))).isEqualTo("enter ada");
    }
  }

  @Test
  void aSocketIsToldTheSame() throws InterruptedException {
    signaling.enter("v1", "ada", "s1", SINCE);
    String last;
    try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
      socket.send("{\"peers\":[\"ada\",\"bob\"]}");
      assertThat(socket.next()).startsWith("{\"type\":\"snapshot\",\"id\":\"");
      signaling.enter("v1", "bob", "s2", SINCE);
      JsonObject enter = new JsonObject(socket.next());
      assertThat(enter.getString("type")).isEqualTo("enter");
      assertThat(enter.getJsonObject("data").getString("peer")).isEqualTo("bob");
      last = enter.getString("id");
    }
    signaling.leave("s2");
    try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
      socket.send("{\"peers\":[\"bob\"],\"after\":\"" + last + "\"}");
      assertThat(socket.next()).startsWith("{\"type\":\"leave\"");
      socket.send("{}");
      assertThat(socket.next()).contains("\"status\":400");
      assertThat(socket.next()).isEqualTo("closed 1008");
    }
  }

  @Test
  void aSocketThatSaysNoiseIsRefused() throws InterruptedException {
    for (String noise : List.of("noise", "[]", "null", "{\"peers\":[]}", "{\"peers\":[null]}")) {
      try (WatchingSocket socket = WatchingSocket.to(events.resolve("socket"))) {
        socket.send(noise);
        assertThat(socket.next()).contains("\"status\":400");
        assertThat(socket.next()).isEqualTo("closed 1008");
      }
    }
  }

  @Test
  void aQuietStreamShowsThatItLives() {
    try (EventStream stream = watch("")) {
      told(stream);
      assertThat(stream.next().name()).isEqualTo("comment");
      assertThat(stream.next().name()).isEqualTo("comment");
    }
  }

  @Test
  void aWatcherThatDoesNotReadIsCutAndTheOthersAreToldAll() throws Exception {
    signaling.enter("v1", "ada", "s1", SINCE);
    String large = "\"" + "x".repeat(900) + "\"";
    try (EventStream stream = watch("");
        Socket stalled = new Socket(InetAddress.getLoopbackAddress(), events.getPort())) {
      stalled.setReceiveBufferSize(4096);
      OutputStream out = stalled.getOutputStream();
      out.write(
          "GET /presence/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      await().atMost(SOON).until(() -> watchers() == 2);
      told(stream);
      int said = 0;
      while (watchers() == 2 && said < 40_000) {
        for (int i = 0; i < 200; i++, said++) {
          signaling.describe("s1", said % 2 == 0 ? large : "0");
        }
      }
      assertThat(watchers()).isEqualTo(1);
      List<String> told = new ArrayList<>();
      for (int i = 0; i < said; i++) {
        told.add(line(told(stream)));
      }
      assertThat(told).hasSize(said).containsOnly("update ada described");
      given().get("/q/metrics").then().body(containsString("switchboard_watchers_cut_total 1.0"));
    }
  }

  @Test
  void moreWatchersThanMayAreRefusedAndTheirPlaceIsFreeAgain() {
    List<EventStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        EventStream stream = watch("");
        streams.add(stream);
        told(stream);
      }
      try (EventStream refused = watch("")) {
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
      }
    } finally {
      streams.forEach(EventStream::close);
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(watchers()).isZero());
  }

  @Test
  void aWishThatMakesNoSenseIsAProblem() {
    for (String query : List.of("?peers=", "?peers=a,,b", "?peers=a&room=b")) {
      try (EventStream refused = watch(query)) {
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
      }
    }
  }

  @Test
  void withoutRedisNobodyBeginsToWatch() {
    server.stop();
    try (EventStream refused = watch("")) {
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();
    } finally {
      server.resume();
    }
    await().atMost(SOON).untilAsserted(() -> given().get("/presence").then().statusCode(200));
  }
}
