package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every shape as the packaged service writes it, which a native image could have lost parts of. */
@QuarkusIntegrationTest
@TestProfile(AllShapes.class)
class EveryShapeIT {

  private static final String PASSWORD = "[A-Za-z0-9+/]{27}=";

  @Test
  void turnRest() {
    given()
        .get("/turn?service=turn&username=ada&key=" + AllShapes.KEY)
        .then()
        .statusCode(200)
        .body("password", matchesPattern(PASSWORD))
        .body("ttl", equalTo(3600))
        .body("uris", hasSize(2));
  }

  @Test
  void twilio() {
    String tokens = "/2010-04-01/Accounts/" + AllShapes.ACCOUNT + "/Tokens.json";
    given()
        .auth()
        .preemptive()
        .basic(AllShapes.ACCOUNT, AllShapes.KEY)
        .formParam("Ttl", "600")
        .post(tokens)
        .then()
        .statusCode(201)
        .body("ttl", equalTo("600"))
        .body("ice_servers", hasSize(3))
        .body("ice_servers[1].credential", matchesPattern(PASSWORD));
    given().post(tokens).then().statusCode(401).body("code", equalTo(20003));
  }

  @Test
  void cloudflare() {
    String credentials = "/v1/turn/keys/" + AllShapes.ACCOUNT + "/credentials/";
    given()
        .header("Authorization", "Bearer " + AllShapes.KEY)
        .contentType("application/json")
        .body("{\"ttl\":600,\"customIdentifier\":\"ada\"}")
        .post(credentials + "generate-ice-servers")
        .then()
        .statusCode(201)
        .body("iceServers[1].credential", matchesPattern(PASSWORD));
    given()
        .header("Authorization", "Bearer " + AllShapes.KEY)
        .post(credentials + "eve/revoke")
        .then()
        .statusCode(204);
    given()
        .get("/turn?service=turn&username=eve&key=" + AllShapes.KEY)
        .then()
        .statusCode(403)
        .body("title", equalTo("Forbidden"));
  }

  @Test
  void stunner() {
    given()
        .get("/ice?service=turn&username=ada&iceTransportPolicy=relay&key=" + AllShapes.KEY)
        .then()
        .statusCode(200)
        .body("iceTransportPolicy", equalTo("relay"))
        .body("iceServers[0].credential", matchesPattern(PASSWORD));
  }

  @Test
  void matrix() {
    String turnServer = "/_matrix/client/v3/voip/turnServer";
    given()
        .header("Authorization", "Bearer " + AllShapes.KEYS.token("ada", Map.of("realm", "acme")))
        .get(turnServer)
        .then()
        .statusCode(200)
        .body("password", matchesPattern(PASSWORD));
    given().get(turnServer).then().statusCode(401).body("errcode", equalTo("M_MISSING_TOKEN"));
  }

  @Test
  void ourOwnWithAToken() {
    given()
        .header(
            "Authorization",
            "Bearer "
                + AllShapes.KEYS.token(
                    "ada", Map.of("realm", "acme", "switchboard", Map.of("turn", 60))))
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .body("ttl", equalTo(60))
        .body("iceServers[1].username", matchesPattern("[0-9]+:acme/ada"));
    given().get("/ice-servers").then().statusCode(401).body("$", hasKey("detail"));
  }
}
