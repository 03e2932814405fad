package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HiddenShapesTest.Packaged.class)
class HiddenShapesTest {

  public static class Packaged implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey",
          AllShapes.KEYS.publicKeyPem(),
          "switchboard.stun.enabled",
          "false");
    }
  }

  @Test
  void aShapeThatNobodySwitchedOnIsNotThere() {
    nothing(given().get("/turn?service=turn&key=x").then());
    nothing(given().post("/turn").then());
    nothing(
        given()
            .contentType("application/x-www-form-urlencoded")
            .post("/2010-04-01/Accounts/AC0/Tokens.json")
            .then());
    nothing(given().get("/ice?service=turn&key=x").then());
    nothing(
        given()
            .contentType("application/json")
            .post("/v1/turn/keys/x/credentials/generate-ice-servers")
            .then());
    nothing(given().get("/_matrix/client/v3/voip/turnServer").then());
  }

  private static void nothing(ValidatableResponse answer) {
    answer
        .statusCode(404)
        .contentType("application/problem+json")
        .header("Cache-Control", "no-store")
        .body("detail", equalTo("There is nothing at this path."));
  }
}
