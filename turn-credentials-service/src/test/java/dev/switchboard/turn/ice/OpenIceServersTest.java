package dev.switchboard.turn.ice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(OpenIceServersTest.Open.class)
class OpenIceServersTest {

  private static final String PAGE = "https://calls.example";

  public static class Open implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.stun.port", "0",
          "switchboard.stun.addresses", "127.0.0.1",
          "switchboard.ice.stun-urls", "stun:{host}:3478",
          "switchboard.ice.turn-urls",
              "turn:{host}:3479?transport=udp,turn:{host}:3479?transport=tcp,"
                  + "turns:relay.example:443?transport=tcp",
          "switchboard.turn.secrets", "a-secret-of-the-relay,an-older-secret-of-it",
          "quarkus.http.cors.origins", PAGE);
    }
  }

  @Test
  void theAnswerIsWhatTheDesignSaysByteForByte() {
    // printf %s '1800003600:default/anonymous' |
    //   openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary | base64
    String body =
        given().header("Host", "lan.example:8082").get("/ice-servers").then().extract().asString();

    assertThat(body)
        .isEqualTo(
            "{\"iceServers\":[{\"urls\":[\"stun:lan.example:3478\"]},"
                + "{\"urls\":[\"turn:lan.example:3479?transport=udp\","
                + "\"turn:lan.example:3479?transport=tcp\","
                + "\"turns:relay.example:443?transport=tcp\"],"
                + "\"username\":\"1800003600:default/anonymous\","
                + "\"credential\":\"rj9VOj4kpD8on8ptFeZFT+yn00k=\"}],"
                + "\"iceTransportPolicy\":\"all\",\"ttl\":3600,"
                + "\"expiresAt\":\"2027-01-15T09:00:00Z\","
                + "\"refreshAfter\":\"2027-01-15T08:45:00Z\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2027-01-15T08:00:01Z",
    "60, 60, 2027-01-15T08:01:00Z",
    "0060, 60, 2027-01-15T08:01:00Z",
    "86400, 86400, 2027-01-16T08:00:00Z",
    "86401, 86400, 2027-01-16T08:00:00Z",
    "9223372036854775807, 86400, 2027-01-16T08:00:00Z",
  })
  void aTtlIsTakenOrCutToTheCap(String asked, int given, String expiresAt) {
    get("ttl=" + asked)
        .statusCode(200)
        .body("ttl", equalTo(given))
        .body("expiresAt", equalTo(expiresAt))
        .body("iceServers[1].username", equalTo(1_800_000_000 + given + ":default/anonymous"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ttl=0",
        "ttl=-1",
        "ttl=",
        "ttl",
        "ttl=abc",
        "ttl=1.5",
        "ttl=1e3",
        "ttl=%2B60",
        "ttl=+60",
        "ttl=%2060",
        "ttl=0x10",
        "ttl=%D9%A1",
        "ttl=9223372036854775808",
        "ttl=99999999999999999999999999",
        "ttl=60&ttl=61"
      })
  void aTtlThatIsNoNumberOfSecondsIsAProblem(String query) {
    get(query)
        .statusCode(400)
        .contentType("application/problem+json")
        .header("Cache-Control", "no-store")
        .header("Vary", "Origin, Authorization")
        .body("status", equalTo(400));
  }

  @Test
  void aUsernameInTheQueryDoesNotCount() {
    get("username=eve&service=turn")
        .statusCode(200)
        .body("iceServers[1].username", equalTo("1800003600:default/anonymous"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8082, localhost",
    "192.168.1.7, 192.168.1.7",
    "[::1]:8082, [::1]",
    "[2001:db8::7], [2001:db8::7]",
    "turn_credentials.svc:80, turn_credentials.svc",
  })
  void urlsNameTheHostThatWasAsked(String authority, String host) {
    given()
        .header("Host", authority)
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .body("iceServers[0].urls[0]", equalTo("stun:" + host + ":3478"))
        .body("iceServers[1].urls[0]", equalTo("turn:" + host + ":3479?transport=udp"))
        .body("iceServers[1].urls[2]", equalTo("turns:relay.example:443?transport=tcp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "evil\"><x",
        "x.example:99999",
        "x.example?transport=tcp",
        "[fe80::1%25eth0]",
        "[::1",
        "-x.example",
        "x..example",
        "[evil]",
        "a,b",
        "user@x.example"
      })
  void aHostThatIsNoneIsAProblem(String host) {
    given()
        .header("Host", host)
        .get("/ice-servers")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .header("Vary", "Origin, Authorization")
        .body("detail", containsString("Host"));
  }

  @Test
  void noCacheMayKeepAnAnswer() {
    ValidatableResponse answer = get("ttl=60").statusCode(200);

    assertThat(answer.extract().headers().getValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.extract().headers().getValues("Vary"))
        .containsExactly("Origin, Authorization");
  }

  @Test
  void refusalsSayTheSameToCaches() {
    ValidatableResponse notServed = given().post("/ice-servers").then().statusCode(405);
    ValidatableResponse notJson = given().accept("text/html").get("/ice-servers").then();
    notJson.statusCode(406).contentType("application/problem+json");

    for (ValidatableResponse refusal : List.of(notServed, notJson)) {
      assertThat(refusal.extract().headers().getValues("Cache-Control"))
          .containsExactly("no-store");
      assertThat(refusal.extract().headers().getValues("Vary"))
          .containsExactly("Origin, Authorization");
    }
  }

  @Test
  void aForgedTokenIsRefusedEvenWhereNoneIsNeeded() {
    given()
        .header("Authorization", "Bearer not.a.token")
        .get("/ice-servers")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body(not(containsString("credential")));
  }

  @Test
  void aListedOriginMayAskAndReadWhatItNeeds() {
    given()
        .header("Origin", PAGE)
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", PAGE)
        .header("Access-Control-Expose-Headers", "Link,Retry-After,RateLimit,RateLimit-Policy");
  }

  @Test
  void linksAreOffUntilConfigured() {
    get("ttl=60").statusCode(200).header("Link", nullValue());
  }

  @Test
  void aListedOriginMayReadWhyItWasRefused() {
    given()
        .header("Origin", PAGE)
        .get("/ice-servers?ttl=0")
        .then()
        .statusCode(400)
        .header("Access-Control-Allow-Origin", PAGE);
  }

  @Test
  void aListedOriginsPreflightPasses() {
    given()
        .header("Origin", PAGE)
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization")
        .options("/ice-servers")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", PAGE)
        .header("Access-Control-Allow-Methods", containsString("GET"))
        .header("Access-Control-Allow-Headers", containsString("Authorization"))
        .header("Vary", "Origin, Authorization");
  }

  @Test
  void anotherOriginIsRefused() {
    given()
        .header("Origin", "https://evil.example")
        .get("/ice-servers")
        .then()
        .statusCode(403)
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Vary", "Origin, Authorization")
        .header("Cache-Control", "no-store")
        .body(not(containsString("credential")));
  }

  @Test
  void issuesAreCountedWithoutNames() {
    get("ttl=60").statusCode(200);

    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("switchboard_turn_credentials_issued_total "))
        .body(containsString("switchboard_stun_datagrams_total{outcome=\"answered\""))
        .body(not(containsString("anonymous")));
  }

  @Test
  void theResponderIsPartOfReadiness() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'STUN responder' }.status", equalTo("UP"));
  }

  @Test
  void theEndpointIsDescribed() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths.'/ice-servers'.get.operationId", equalTo("iceServers"))
        .body("paths.'/ice-servers'.get.parameters[0].name", equalTo("ttl"));
  }

  private static ValidatableResponse get(String query) {
    return given().urlEncodingEnabled(false).get("/ice-servers?" + query).then();
  }
}
