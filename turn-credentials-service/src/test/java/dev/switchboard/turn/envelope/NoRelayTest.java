package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NoRelayTest.NoRelay.class)
class NoRelayTest {

  public static class NoRelay extends AllShapes {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.remove("switchboard.ice.turn-urls");
      return config;
    }
  }

  @Test
  void withoutTurnServersEachShapeSaysSoInItsWay() {
    given()
        .get("/turn?service=turn&key=" + AllShapes.KEY)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    given()
        .get("/ice?service=turn&key=" + AllShapes.KEY)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    given()
        .contentType("application/x-www-form-urlencoded")
        .auth()
        .preemptive()
        .basic(AllShapes.ACCOUNT, AllShapes.KEY)
        .post("/2010-04-01/Accounts/" + AllShapes.ACCOUNT + "/Tokens.json")
        .then()
        .statusCode(404)
        .body("code", equalTo(20404));
    given()
        .header("Authorization", "Bearer " + AllShapes.KEYS.token("ada", Map.of()))
        .get("/_matrix/client/v3/voip/turnServer")
        .then()
        .statusCode(200)
        .body("$", anEmptyMap());
  }
}
