package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AllShapes.class)
class TurnRestTest {

  private static final String ASK = "service=turn&username=ada&key=" + AllShapes.KEY;

  @Test
  void theAnswerIsWhatTheDraftSaysByteForByte() {
    // printf %s '1800003600:acme/ada' |
    //   openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary | base64
    String body = get(ASK).statusCode(200).extract().asString();

    assertThat(body)
        .isEqualTo(
            "{\"username\":\"1800003600:acme/ada\","
                + "\"password\":\"tEd4hLStxuKlnTM596Vz5U2k8eQ=\",\"ttl\":3600,"
                + "\"uris\":[\"turn:localhost:3479?transport=udp\","
                + "\"turns:[2001:db8::7]:443?transport=tcp\"]}");
  }

  @Test
  void janusPostsAndSaysApi() {
    given()
        .contentType("application/x-www-form-urlencoded")
        .post("/turn?service=turn&username=ada&api=" + AllShapes.KEY)
        .then()
        .statusCode(200)
        .body("username", equalTo("1800003600:acme/ada"));
    given()
        .post("/turn?" + ASK)
        .then()
        .statusCode(200)
        .body("username", equalTo("1800003600:acme/ada"));
  }

  @Test
  void aBodyIsNotRead() {
    given()
        .contentType("application/json")
        .body("{\"username\":")
        .post("/turn?" + ASK)
        .then()
        .statusCode(200)
        .body("username", equalTo("1800003600:acme/ada"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&username="})
  void withoutANameItIsAFreshOne(String username) {
    String ask = "service=turn&key=" + AllShapes.KEY + username;
    String one = get(ask).statusCode(200).extract().path("username");

    assertThat(one).matches("1800003600:acme/" + AllShapes.ACCOUNT + "-[0-9a-f]{16}");
    get(ask).body("username", not(equalTo(one)));
  }

  @ParameterizedTest
  @CsvSource({
    "a%3Ab%2Fc, a%3Ab%2Fc",
    "%0D%0A%00, %0D%0A%00",
    "%22%3E%3Cscript%3E, %22%3E%3Cscript%3E",
    "%C3%BC, %C3%BC",
  })
  void noSeparatorAndNoControlCharacterSlipsIn(String asked, String encoded) {
    get("service=turn&key=" + AllShapes.KEY + "&username=" + asked)
        .statusCode(200)
        .body("username", equalTo("1800003600:acme/" + encoded));
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "86401, 86400", "9223372036854775807, 86400"})
  void aTtlIsTakenOrCutToTheCap(String asked, int given) {
    get(ASK + "&ttl=" + asked).statusCode(200).body("ttl", equalTo(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username=ada&key=" + AllShapes.KEY,
        "service=stun&username=ada&key=" + AllShapes.KEY,
        "service=TURN&username=ada&key=" + AllShapes.KEY,
        ASK + "&service=turn",
        ASK + "&username=eve",
        ASK + "&key=x",
        ASK + "&ttl=0",
        ASK + "&ttl=-1",
        ASK + "&ttl=",
        ASK + "&ttl=soon",
        ASK + "&ttl=9223372036854775808",
        ASK + "&ttl=60&ttl=60",
      })
  void whatIsMalformedIsAProblem(String query) {
    get(query)
        .statusCode(400)
        .contentType("application/problem+json")
        .header("Cache-Control", "no-store")
        .body("status", equalTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service=turn&username=ada",
        "service=turn&username=ada&key=",
        "service=turn&username=ada&key=wrong",
        "service=turn&username=ada&api=wrong",
      })
  void aWrongKeyIsForbidden(String query) {
    get(query)
        .statusCode(403)
        .contentType("application/problem+json")
        .body(not(containsString("wrong\"")))
        .body(not(containsString("username")));
  }

  @Test
  void aKeyIsForItsNamesAlone() {
    get("service=turn&key=" + AllShapes.TEAM_KEY + "&username=team-7")
        .statusCode(200)
        .body("username", equalTo("1800003600:default/team-7"));
    get("service=turn&key=" + AllShapes.TEAM_KEY + "&username=ada")
        .statusCode(403)
        .contentType("application/problem+json");
    get("service=turn&key=" + AllShapes.TEAM_KEY)
        .statusCode(200)
        .body("username", matchesPattern("1800003600:default/team-[0-9a-f]{16}"));
  }

  @Test
  void aNameThatDoesNotFitIsAProblem() {
    for (int length : new int[] {600, 3_000}) {
      get("service=turn&key=" + AllShapes.KEY + "&username=" + "a".repeat(length))
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", containsString("too long"));
    }
  }

  @Test
  void anotherMethodIsAProblem() {
    given().put("/turn").then().statusCode(405).contentType("application/problem+json");
  }

  @Test
  void noPageOfAnotherOriginReadsIt() {
    given()
        .header("Origin", AllShapes.PAGE)
        .get("/turn?" + ASK)
        .then()
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Access-Control-Expose-Headers", nullValue());
    given()
        .header("Origin", AllShapes.PAGE)
        .header("Access-Control-Request-Method", "GET")
        .options("/turn")
        .then()
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Access-Control-Allow-Methods", nullValue());
  }

  private static ValidatableResponse get(String query) {
    return given().urlEncodingEnabled(false).get("/turn?" + query).then();
  }
}
