package dev.switchboard.turn.ice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedIceServersTest.Closed.class)
class ClosedIceServersTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final String PAGE = "https://calls.example";

  public static class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey", KEYS.publicKeyPem(),
          "switchboard.stun.enabled", "false",
          "switchboard.ice.turn-urls", "turn:relay.example:3478?transport=udp",
          "switchboard.ice.transport-policy", "relay",
          "switchboard.ice.ttl", "10m",
          "switchboard.ice.max-ttl", "1h",
          "switchboard.ice.link-header", "true",
          "switchboard.turn.secrets", "a-secret-of-the-relay",
          "quarkus.http.cors.origins", PAGE);
    }
  }

  @Test
  void theCredentialNamesTheTokensRealmAndPeer() {
    as(KEYS.token("ada", Map.of("realm", "acme")), "")
        .statusCode(200)
        .body("iceServers", hasSize(1))
        .body("iceServers[0].username", equalTo("1800000600:acme/ada"))
        .body("iceTransportPolicy", equalTo("relay"))
        .body("ttl", equalTo(600));
  }

  @Test
  void noNameCanPassForAnother() {
    as(KEYS.token("b/eve:1 ü", Map.of()), "")
        .statusCode(200)
        .body("iceServers[0].username", equalTo("1800000600:default/b%2Feve%3A1%20%C3%BC"));
  }

  @Test
  void theUsernameOfTheQueryDoesNotCount() {
    as(KEYS.token("ada", Map.of()), "username=eve")
        .body("iceServers[0].username", equalTo("1800000600:default/ada"));
  }

  @Test
  void theTurnGrantCutsTheTtl() {
    String token = KEYS.token("ada", Map.of("switchboard", Map.of("turn", 60)));

    as(token, "").statusCode(200).body("ttl", equalTo(60));
    as(token, "ttl=3600").statusCode(200).body("ttl", equalTo(60));
    as(token, "ttl=30").statusCode(200).body("ttl", equalTo(30));
  }

  @Test
  void theCapCutsAGenerousGrant() {
    String token = KEYS.token("ada", Map.of("switchboard", Map.of("turn", 100_000)));

    as(token, "ttl=90000").statusCode(200).body("ttl", equalTo(3600));
  }

  @Test
  void aGrantOfNoSecondsIsAGrantOfNoTurn() {
    String token = KEYS.token("ada", Map.of("switchboard", Map.of("turn", 0)));

    as(token, "")
        .statusCode(200)
        .body("iceServers", hasSize(0))
        .body("ttl", equalTo(600))
        .body(not(containsString("credential")));
  }

  @Test
  void aNameThatDoesNotFitIsAProblem() {
    as(KEYS.token("ü".repeat(200), Map.of()), "")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("too long"));
  }

  @Test
  void whoBringsNoTokenIsToldSoEvenAcrossOrigins() {
    ValidatableResponse refusal =
        given().header("Origin", PAGE).get("/ice-servers").then().statusCode(401);

    refusal
        .contentType("application/problem+json")
        .header("WWW-Authenticate", "Bearer")
        .header("Access-Control-Allow-Origin", PAGE)
        .body("detail", containsString("bearer token"));
    assertThat(refusal.extract().headers().getValues("Cache-Control")).containsExactly("no-store");
    assertThat(refusal.extract().headers().getValues("Vary"))
        .containsExactly("Origin, Authorization");
  }

  @Test
  void aPreflightNeedsNoToken() {
    given()
        .header("Origin", PAGE)
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization")
        .options("/ice-servers")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", PAGE);
  }

  @Test
  void anExpiredOrForeignTokenIsRefused() {
    as(KEYS.token("ada", Map.of(), Instant.now().minusSeconds(600)), "").statusCode(401);
    as(TestKeys.generate().token("ada", Map.of()), "").statusCode(401);
  }

  @Test
  void aWhipClientReadsTheSameFromLinks() {
    // printf %s '1800000600:acme/b%2Feve' |
    //   openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary | base64
    String link =
        "<turn:relay.example:3478?transport=udp>; rel=\"ice-server\";"
            + " username=\"1800000600:acme/b%2Feve\";"
            + " credential=\"3F6xFRc4k421FQPVv2jxJnBLSYQ=\"; credential-type=\"password\"";
    String token = KEYS.token("b/eve", Map.of("realm", "acme"));

    assertThat(as(token, "").extract().headers().getValues("Link")).containsExactly(link);
    ValidatableResponse head =
        given().header("Authorization", "Bearer " + token).head("/ice-servers").then();
    head.statusCode(200);
    assertThat(head.extract().headers().getValues("Link")).containsExactly(link);
    assertThat(head.extract().asString()).isEmpty();
    assertThat(head.extract().headers().getValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  void aWhipClientThatAsksFirstGetsTheLinksAloneAndAPreflightGetsNone() {
    String token = KEYS.token("ada", Map.of("realm", "acme"));
    ValidatableResponse options =
        given().header("Authorization", "Bearer " + token).options("/ice-servers").then();

    options
        .statusCode(204)
        .header("Allow", "GET, HEAD, OPTIONS")
        .header("Link", containsString("username=\"1800000600:acme/ada\""));
    assertThat(options.extract().headers().getValues("Cache-Control")).containsExactly("no-store");
    given().options("/ice-servers").then().statusCode(401).header("Link", nullValue());
    given()
        .header("Origin", PAGE)
        .header("Authorization", "Bearer " + token)
        .header("Access-Control-Request-Method", "OPTIONS")
        .options("/ice-servers")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Methods", containsString("OPTIONS"))
        .header("Link", nullValue());
  }

  @Test
  void aRefusalHasNoLinks() {
    given().get("/ice-servers").then().statusCode(401).header("Link", nullValue());
  }

  private static ValidatableResponse as(String token, String query) {
    return given()
        .header("Authorization", "Bearer " + token)
        .get("/ice-servers" + (query.isEmpty() ? "" : "?" + query))
        .then();
  }
}
