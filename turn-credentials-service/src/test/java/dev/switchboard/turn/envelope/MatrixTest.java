package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AllShapes.class)
class MatrixTest {

  private static final String PATH = "/_matrix/client/v3/voip/turnServer";

  @Test
  void theAnswerIsShapedAsTheSpecificationSays() {
    as(AllShapes.KEYS.token("ada", Map.of("realm", "acme")))
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("username", equalTo("1800003600:acme/ada"))
        .body("password", equalTo("tEd4hLStxuKlnTM596Vz5U2k8eQ="))
        .body("ttl", equalTo(3600))
        .body(
            "uris",
            contains("turn:localhost:3479?transport=udp", "turns:[2001:db8::7]:443?transport=tcp"));
  }

  @Test
  void theTurnGrantCounts() {
    as(AllShapes.KEYS.token("ada", Map.of("switchboard", Map.of("turn", 60))))
        .body("ttl", equalTo(60));
    as(AllShapes.KEYS.token("ada", Map.of("switchboard", Map.of("turn", 0))))
        .statusCode(200)
        .body("$", anEmptyMap());
  }

  @Test
  void aRefusalIsOneThatMatrixClientsRead() {
    refusal(given().get(PATH).then(), 401, "M_MISSING_TOKEN");
    refusal(as(AllShapes.KEY), 401, "M_UNKNOWN_TOKEN");
    refusal(
        given().get(PATH + "?key=" + AllShapes.KEY + "&username=eve").then(),
        401,
        "M_MISSING_TOKEN");
    refusal(as(AllShapes.KEYS.token("a".repeat(600), Map.of())), 400, "M_INVALID_PARAM");
  }

  @Test
  void aBlockedPeerIsForbidden() {
    given()
        .header("Authorization", "Bearer " + AllShapes.KEY)
        .post("/v1/turn/keys/" + AllShapes.ACCOUNT + "/credentials/blocked-in-matrix/revoke")
        .then()
        .statusCode(204);

    refusal(
        as(AllShapes.KEYS.token("blocked-in-matrix", Map.of("realm", "acme"))), 403, "M_FORBIDDEN");
  }

  @Test
  void noPageOfAnotherOriginReadsIt() {
    given()
        .header("Origin", AllShapes.PAGE)
        .header("Authorization", "Bearer " + AllShapes.KEYS.token("ada", Map.of()))
        .get(PATH)
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  private static void refusal(ValidatableResponse answer, int status, String errcode) {
    answer
        .statusCode(status)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("errcode", equalTo(errcode))
        .body("error", not(emptyString()))
        .body("type", nullValue());
  }

  private static ValidatableResponse as(String token) {
    return given().header("Authorization", "Bearer " + token).get(PATH).then();
  }
}
