package dev.switchboard.turn.relay;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RegionsTest.Regions.class)
class RegionsTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final String DEFAULT_URL = "turn:192.0.2.1:3478?transport=udp";
  private static final String US_URL = "turn:198.51.100.1:3478?transport=udp";

  public static class Regions implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
          Map.entry("switchboard.stun.enabled", "false"),
          Map.entry("switchboard.relay.probe.enabled", "false"),
          Map.entry("switchboard.relay.default-region", "eu"),
          Map.entry("switchboard.relay.pools.eu.fra-1.urls", DEFAULT_URL),
          Map.entry("switchboard.relay.pools.us.nyc-1.urls", US_URL),
          Map.entry("switchboard.relay.pools.us.nyc-1.weight", "3"),
          Map.entry(
              "switchboard.relay.pools.ap.sin-1.urls",
              "turn:[2001:db8::7]:3478?transport=udp,turn:relay.example:3478?transport=tcp,"
                  + "turns:relay.example:443?transport=tcp"),
          Map.entry("switchboard.turn.secrets", "a-secret-of-the-relay"),
          Map.entry("switchboard.relay.operators", "ops"),
          // printf %s a-key-of-the-shop | sha256sum
          Map.entry(
              "switchboard.api-keys.ops.hash",
              "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"),
          // printf %s a-key-of-the-team | sha256sum
          Map.entry(
              "switchboard.api-keys.team.hash",
              "fe323d2c7b72ac89a6539b16627feac7c3aae94dbdcf336194e3fbe097eca638"));
    }
  }

  @Test
  void whoAsksForNoRegionGetsTheDefaultOne() {
    as(Map.of())
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .body("iceServers[0].urls", contains(DEFAULT_URL));
  }

  @Test
  void anUnknownRegionIsTheDefaultOne() {
    as(Map.of())
        .get("/ice-servers?region=atlantis")
        .then()
        .statusCode(200)
        .body("iceServers[0].urls", contains(DEFAULT_URL));
  }

  @Test
  void theQueryGoesBeforeTheHeaderAndTheHeaderBeforeTheToken() {
    RequestSpecification usToken = as(Map.of("switchboard", Map.of("region", "us")));
    usToken.get("/ice-servers").then().body("iceServers[0].urls", contains(US_URL));
    as(Map.of("switchboard", Map.of("region", "us")))
        .header("X-Region", "eu")
        .get("/ice-servers")
        .then()
        .body("iceServers[0].urls", contains(DEFAULT_URL));
    as(Map.of())
        .header("X-Region", "eu")
        .get("/ice-servers?region=us")
        .then()
        .body("iceServers[0].urls", contains(US_URL));
  }

  @Test
  void literalsAndTlsAreHandedOutAsTheyAreWritten() {
    as(Map.of())
        .get("/ice-servers?region=ap")
        .then()
        .body(
            "iceServers[0].urls",
            contains(
                "turn:[2001:db8::7]:3478?transport=udp",
                "turn:relay.example:3478?transport=tcp",
                "turns:relay.example:443?transport=tcp"));
  }

  @Test
  void operatorsReadHowTheRelaysStand() {
    given()
        .header("Authorization", "Bearer a-key-of-the-shop")
        .get("/relays")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("regions", hasSize(3))
        .body("regions.find { it.region == 'eu' }.default", equalTo(true))
        .body("regions.find { it.region == 'us' }.relays[0].name", equalTo("nyc-1"))
        .body("regions.find { it.region == 'us' }.relays[0].weight", equalTo(3))
        .body("regions.find { it.region == 'us' }.relays[0].urls[0].url", equalTo(US_URL))
        .body("regions.find { it.region == 'us' }.relays[0].urls[0].state", equalTo("unknown"))
        .body(not(containsString("credential")))
        .body(not(containsString("secret")));
  }

  @Test
  void nobodyElseReadsThem() {
    given().get("/relays").then().statusCode(401).contentType("application/problem+json");
    as(Map.of()).get("/relays").then().statusCode(401);
    given()
        .header("Authorization", "Bearer a-key-of-the-team")
        .get("/relays")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
  }

  private static RequestSpecification as(Map<String, Object> claims) {
    return given().header("Authorization", "Bearer " + KEYS.token("ada", claims));
  }
}
