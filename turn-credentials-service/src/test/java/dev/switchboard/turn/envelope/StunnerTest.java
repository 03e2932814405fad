package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AllShapes.class)
class StunnerTest {

  private static final String ASK = "service=turn&username=ada&key=" + AllShapes.KEY;

  @Test
  void theAnswerIsShapedAsItsDescriptionSays() {
    String body =
        get(ASK + "&ttl=3600")
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .extract()
            .asString();

    assertThat(body)
        .isEqualTo(
            "{\"iceServers\":[{\"urls\":[\"turn:localhost:3479?transport=udp\","
                + "\"turns:[2001:db8::7]:443?transport=tcp\"],"
                + "\"username\":\"1800003600:acme/ada\","
                + "\"credential\":\"tEd4hLStxuKlnTM596Vz5U2k8eQ=\"}],"
                + "\"iceTransportPolicy\":\"all\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "public", "relay"})
  void thePolicyIsTheOneAskedFor(String policy) {
    get(ASK + "&iceTransportPolicy=" + policy)
        .statusCode(200)
        .body("iceTransportPolicy", equalTo(policy));
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example, relay.example",
    "192.0.2.7, 192.0.2.7",
    "2001:db8::9, [2001:db8::9]",
    "[2001:db8::9], [2001:db8::9]",
  })
  void aPublicAddressTakesThePlaceOfEveryHost(String address, String host) {
    get(ASK + "&public-addr=" + address.replace("[", "%5B").replace("]", "%5D"))
        .statusCode(200)
        .body(
            "iceServers[0].urls",
            contains(
                "turn:" + host + ":3479?transport=udp", "turns:" + host + ":443?transport=tcp"));
  }

  @Test
  void theServiceMayBeLeftOut() {
    get("username=ada&key=" + AllShapes.KEY).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service=stun&key=" + AllShapes.KEY,
        ASK + "&ttl=0",
        ASK + "&ttl=x",
        ASK + "&username=eve",
        ASK + "&iceTransportPolicy=none",
        ASK + "&public-addr=a%20b",
        ASK + "&public-addr=x.example:99",
        ASK + "&public-addr=x.example?transport=tcp",
        ASK + "&public-addr=%22%3E",
        ASK + "&public-addr=a.example&public-addr=b.example",
      })
  void whatIsMalformedIsAProblem(String query) {
    get(query).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void aWrongKeyIsForbidden() {
    get("service=turn&username=ada").statusCode(403).contentType("application/problem+json");
    get("service=turn&username=ada&key=wrong").statusCode(403);
    get("service=turn&username=ada&key=" + AllShapes.TEAM_KEY).statusCode(403);
  }

  private static ValidatableResponse get(String query) {
    return given().urlEncodingEnabled(false).get("/ice?" + query).then();
  }
}
