package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AllShapes.class)
class CloudflareTest {

  private static final String CREDENTIALS = "/v1/turn/keys/" + AllShapes.ACCOUNT + "/credentials/";

  @Test
  void theAnswerIsShapedAsTheDocumentationSays() {
    generate("{\"ttl\": 600}")
        .statusCode(201)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("keySet()", hasSize(1))
        .body("iceServers", hasSize(2))
        .body("iceServers[0].urls[0]", equalTo("stun:localhost:3478"))
        .body("iceServers[0].username", nullValue())
        .body("iceServers[1].urls", hasSize(2))
        .body(
            "iceServers[1].username",
            matchesPattern("1800000600:acme/" + AllShapes.ACCOUNT + "-[0-9a-f]{16}"))
        .body("iceServers[1].credential", matchesPattern("[A-Za-z0-9+/]{27}="));
  }

  @Test
  void theCustomIdentifierIsTheName() {
    generate("{\"ttl\":86401,\"customIdentifier\":\"a/b:c\"}")
        .statusCode(201)
        .body("iceServers[1].username", equalTo("1800086400:acme/a%2Fb%3Ac"));
  }

  @Test
  void anEmptyBodyAsksForTheUsual() {
    generate("").statusCode(201).body("iceServers[1].username", matchesPattern("1800003600:.*"));
    generate("{}").statusCode(201).body("iceServers[1].username", matchesPattern("1800003600:.*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "no json",
        "[]",
        "7",
        "null",
        "{\"ttl\":0}",
        "{\"ttl\":-1}",
        "{\"ttl\":1.5}",
        "{\"ttl\":\"600\"}",
        "{\"ttl\":null}",
        "{\"ttl\":99999999999999999999}",
        "{\"customIdentifier\":7}",
      })
  void aBodyThatIsMalformedIsAProblem(String body) {
    generate(body)
        .statusCode(400)
        .contentType("application/problem+json")
        .header("Cache-Control", "no-store")
        .body("detail", containsString("JSON object"));
  }

  @Test
  void aBodyThatIsTooDeepOrANameThatIsTooLongIsAProblem() {
    generate("[".repeat(20_000)).statusCode(400).contentType("application/problem+json");
    generate("{\"customIdentifier\":\"" + "a".repeat(10_000) + "\"}")
        .statusCode(400)
        .body("detail", containsString("too long"));
  }

  @Test
  void anotherContentTypeIsAProblem() {
    with()
        .contentType("text/plain")
        .body("{}")
        .post(CREDENTIALS + "generate-ice-servers")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate-ice-servers", "ada/revoke"})
  void aWrongKeyIsUnauthorized(String path) {
    for (String authorization :
        new String[] {"", "Bearer wrong", "Bearer " + AllShapes.TEAM_KEY, AllShapes.KEY}) {
      given()
          .contentType("application/json")
          .header("Authorization", authorization)
          .post(CREDENTIALS + path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", "Bearer");
    }
  }

  @Test
  void toARevokedUserNameNoMoreIsIssuedInAnyShape() {
    String name = "{\"customIdentifier\":\"eve/1\"}";
    String username = generate(name).statusCode(201).extract().path("iceServers[1].username");

    assertThat(revoke(encode(username)).statusCode(204).extract().asString()).isEmpty();

    generate(name).statusCode(403).contentType("application/problem+json");
    given().get("/turn?service=turn&username=eve/1&key=" + AllShapes.KEY).then().statusCode(403);
    given()
        .header("Authorization", "Bearer " + AllShapes.KEYS.token("eve/1", Map.of("realm", "acme")))
        .get("/ice-servers")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
    generate("{\"customIdentifier\":\"eve\"}").statusCode(201);
  }

  @Test
  void aBareNameMayBeRevokedToo() {
    revoke("mallory").statusCode(204);
    revoke("mallory").statusCode(204);

    generate("{\"customIdentifier\":\"mallory\"}").statusCode(403);
  }

  @Test
  void aUserNameMayComeWithItsSlash() {
    revoke("1800003600:acme/trudy").statusCode(204);

    generate("{\"customIdentifier\":\"trudy\"}").statusCode(403);
  }

  @Test
  void aKeyRevokesItsOwnNamesAlone() {
    revoke(encode("1800003600:default/team-9")).statusCode(403);
    teamRevokes("ada").statusCode(403);
    teamRevokes(encode("1800003600:acme/team-9")).statusCode(403);
    teamRevokes("team-9").statusCode(204);
  }

  @Test
  void aNameThatNoCredentialCouldHaveIsAProblem() {
    revoke("a".repeat(3_000)).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void noPageOfAnotherOriginReadsIt() {
    with()
        .header("Origin", AllShapes.PAGE)
        .contentType("application/json")
        .post(CREDENTIALS + "generate-ice-servers")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  private static ValidatableResponse generate(String body) {
    return with()
        .contentType("application/json")
        .body(body)
        .post(CREDENTIALS + "generate-ice-servers")
        .then();
  }

  private static ValidatableResponse revoke(String encoded) {
    return with().urlEncodingEnabled(false).post(CREDENTIALS + encoded + "/revoke").then();
  }

  private static ValidatableResponse teamRevokes(String encoded) {
    return given()
        .header("Authorization", "Bearer " + AllShapes.TEAM_KEY)
        .urlEncodingEnabled(false)
        .post("/v1/turn/keys/team/credentials/" + encoded + "/revoke")
        .then();
  }

  private static RequestSpecification with() {
    return given().header("Authorization", "Bearer " + AllShapes.KEY);
  }

  private static String encode(String username) {
    return URLEncoder.encode(username, StandardCharsets.UTF_8);
  }
}
