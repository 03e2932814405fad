package dev.switchboard.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedTest.Closed.class)
class ClosedTest {

  private static final TestKeys KEYS = TestKeys.shared();

  public static class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("mp.jwt.verify.publickey", KEYS.publicKeyPem());
    }
  }

  @Test
  void aCallerWithoutATokenIsToldSo() {
    given()
        .get("/whoami")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .body("status", equalTo(401))
        .body("title", equalTo("Unauthorized"))
        .body("detail", equalTo("A bearer token is needed; none came."));
  }

  @Test
  void aValidTokenNamesItsCaller() {
    with(KEYS.token("ada", Map.of("realm", "acme")))
        .get("/whoami")
        .then()
        .statusCode(200)
        .body("name", equalTo("ada"))
        .body("realm", equalTo("acme"))
        .body("presence", equalTo(true))
        .body("reachesBob", equalTo(true))
        .body("joinsTeam", equalTo(true));
  }

  @Test
  void grantsNarrowWhatATokenMayDo() {
    Map<String, Object> grants =
        Map.of("rooms", List.of("team-*"), "peers", List.of(), "presence", false, "turn", 60);
    with(KEYS.token("ada", Map.of("switchboard", grants)))
        .get("/whoami")
        .then()
        .statusCode(200)
        .body("realm", equalTo("default"))
        .body("presence", equalTo(false))
        .body("turn", equalTo(60))
        .body("reachesBob", equalTo(false))
        .body("joinsTeam", equalTo(true));
  }

  @Test
  void anExpiredTokenIsRefused() {
    with(KEYS.token("ada", Map.of(), Instant.now().minusSeconds(600)))
        .get("/whoami")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
  }

  @Test
  void aTokenOfAnotherSignerIsRefused() {
    with(TestKeys.generate().token("ada", Map.of()))
        .get("/whoami")
        .then()
        .statusCode(401)
        .body("detail", containsString("not signed for us"));
  }

  @Test
  void aMalformedGrantIsNamed() {
    with(KEYS.token("ada", Map.of("switchboard", Map.of("turn", "long"))))
        .get("/whoami")
        .then()
        .statusCode(401)
        .body("detail", equalTo("The token's claim 'turn' is malformed."));
  }

  @Test
  void aRealmThatCouldEscapeItsKeysIsRefused() {
    with(KEYS.token("ada", Map.of("realm", "a}b")))
        .get("/whoami")
        .then()
        .statusCode(401)
        .body("detail", equalTo("The token's claim 'realm' is malformed."));
  }

  @Test
  void noiseInPlaceOfATokenIsRefused() {
    with("not.a.token").get("/whoami").then().statusCode(401);
  }

  @Test
  void anUnknownPathIsAProblem() {
    given()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("status", equalTo(404));
  }

  @Test
  void aMethodThatIsNotServedIsAProblem() {
    with(KEYS.token("ada", Map.of()))
        .contentType(ContentType.JSON)
        .delete("/whoami")
        .then()
        .statusCode(405)
        .contentType("application/problem+json");
  }

  @Test
  void aBugKeepsItsDetailsToItself() {
    with(KEYS.token("ada", Map.of()))
        .get("/whoami/bug")
        .then()
        .statusCode(500)
        .contentType("application/problem+json")
        .body(not(containsString("stay in the log")));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
