package dev.switchboard.turn.quota;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each test has peers and addresses of its own; what a proxy says of addresses is believed. */
@QuarkusTest
@TestProfile(QuotasTest.Limited.class)
class QuotasTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final String PAGE = "https://calls.example";
  private static final String KEY = "a-key-of-the-shop";
  private static final String TWENTY_MINUTES = "1200";

  private @Nullable RealRedis redis;

  public static class Limited implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
          Map.entry("switchboard.stun.enabled", "false"),
          Map.entry("switchboard.ice.turn-urls", "turn:relay.example"),
          Map.entry("switchboard.turn.secrets", "a-secret-of-the-relay"),
          Map.entry("switchboard.turn.shared.enabled", "true"),
          Map.entry("switchboard.quota.caller.limit", "3"),
          Map.entry("switchboard.quota.caller.window", "1h"),
          Map.entry("switchboard.quota.address.limit", "5"),
          Map.entry("switchboard.quota.address.window", "1h"),
          Map.entry("switchboard.quota.backend.limit", "2"),
          Map.entry("switchboard.quota.backend.window", "1h"),
          Map.entry("switchboard.shapes.enabled", "turn-rest,twilio,matrix"),
          Map.entry("quarkus.http.cors.origins", PAGE),
          Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
          Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"),
          // printf %s a-key-of-the-shop | sha256sum
          Map.entry(
              "switchboard.api-keys.shop.hash",
              "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"),
          // printf %s a-key-of-the-team | sha256sum
          Map.entry(
              "switchboard.api-keys.team.hash",
              "fe323d2c7b72ac89a6539b16627feac7c3aae94dbdcf336194e3fbe097eca638"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RedisTestResource.class));
    }
  }

  @Test
  void aCallerIsToldWhatIsLeftAndThenWhenToComeBack() {
    ask("ada", "192.0.2.1")
        .statusCode(200)
        .header("RateLimit-Policy", equalTo("\"caller\";q=3;w=3600, \"address\";q=5;w=3600"))
        .header(
            "RateLimit", equalTo("\"caller\";r=2;t=" + TWENTY_MINUTES + ", \"address\";r=4;t=720"))
        .header("Retry-After", nullValue());
    ask("ada", "192.0.2.2").statusCode(200);
    ask("ada", "192.0.2.3").statusCode(200);
    ask("ada", "192.0.2.4")
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", matchesPattern("1(200|1[0-9][0-9])"))
        .header("RateLimit", matchesPattern("\"caller\";r=0;t=[0-9]+, \"address\";r=4;t=720"))
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", PAGE)
        .header(
            "Access-Control-Expose-Headers",
            equalTo("Link,Retry-After,RateLimit,RateLimit-Policy"));
  }

  @Test
  void anAddressIsLimitedWhoeverAsks() {
    for (int i = 0; i < 5; i++) {
      ask("guest-" + i, "192.0.2.10").statusCode(200);
    }
    ask("guest-5", "192.0.2.10").statusCode(429);
    ask("guest-5", "192.0.2.11").statusCode(200);
  }

  @Test
  void aBackendIsLimitedByItsKeyAndNotByItsAddress() {
    turnRest(KEY, "one").statusCode(200).header("RateLimit", matchesPattern("\"backend\";r=1;.*"));
    turnRest(KEY, "two").statusCode(200);
    turnRest(KEY, "three").statusCode(429).contentType("application/problem+json");
    turnRest("a-key-of-the-team", "three").statusCode(200);
    given()
        .contentType("application/x-www-form-urlencoded")
        .auth()
        .preemptive()
        .basic("shop", KEY)
        .post("/2010-04-01/Accounts/shop/Tokens.json")
        .then()
        .statusCode(429)
        .body("code", equalTo(20429));
  }

  @Test
  void whatARequestWithoutATokenAsksForIsNotCounted() {
    for (int i = 0; i < 10; i++) {
      given().header("X-Forwarded-For", "192.0.2.20").get("/ice-servers").then().statusCode(401);
    }
    ask("eve", "192.0.2.20").statusCode(200);
  }

  @Test
  void withoutRedisThePodCountsAloneAndStaysReady() {
    RealRedis stopped = Objects.requireNonNull(redis);
    stopped.stop();
    try {
      for (int i = 0; i < 3; i++) {
        ask("bob", "192.0.2.30").statusCode(200);
      }
      ask("bob", "192.0.2.31").statusCode(429);
      given().get("/q/health/ready").then().statusCode(200);
    } finally {
      stopped.resume();
    }
    assertThat(given().get("/q/metrics").asString())
        .containsPattern("switchboard_quota_alone_total [1-9]")
        .contains("switchboard_quota_refused_total{quota=\"caller\"");
  }

  private static ValidatableResponse ask(String peer, String address) {
    return given()
        .header("Authorization", "Bearer " + KEYS.token(peer, Map.of()))
        .header("X-Forwarded-For", address)
        .header("Origin", PAGE)
        .get("/ice-servers")
        .then();
  }

  private static ValidatableResponse turnRest(String key, String peer) {
    return given()
        .header("X-Forwarded-For", "192.0.2.40")
        .get("/turn?service=turn&username=" + peer + "&key=" + key)
        .then();
  }
}
