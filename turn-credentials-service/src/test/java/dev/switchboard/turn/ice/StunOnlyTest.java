package dev.switchboard.turn.ice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.switchboard.turn.stun.StunServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StunOnlyTest.NoTurn.class)
class StunOnlyTest {

  @Inject StunServer stun;

  public static class NoTurn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.stun.port", "0",
          "switchboard.stun.addresses", "127.0.0.1");
    }
  }

  @Test
  void withoutTurnUrlsOnlyTheOwnResponderIsHandedOut() {
    given()
        .header("Host", "lan.example:8082")
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .body("iceServers", hasSize(1))
        .body("iceServers[0].urls[0]", equalTo("stun:lan.example:" + stun.port().orElseThrow()))
        .body("ttl", equalTo(3600))
        .body(not(containsString("username")))
        .body(not(containsString("credential")));
  }

  @Test
  void noOtherOriginMayAskUnlessListed() {
    given()
        .header("Origin", "https://calls.example")
        .get("/ice-servers")
        .then()
        .statusCode(403)
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
