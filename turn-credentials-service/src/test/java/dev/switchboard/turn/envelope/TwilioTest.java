package dev.switchboard.turn.envelope;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AllShapes.class)
class TwilioTest {

  private static final String TOKENS = "/2010-04-01/Accounts/" + AllShapes.ACCOUNT + "/Tokens.json";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Test
  void theAnswerIsShapedAsTheReferenceSays() {
    ask("Ttl=600")
        .statusCode(201)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("username", matchesPattern("1800000600:acme/" + AllShapes.ACCOUNT + "-[0-9a-f]{16}"))
        .body("password", matchesPattern("[A-Za-z0-9+/]{27}="))
        .body("ttl", equalTo("600"))
        .body("account_sid", equalTo(AllShapes.ACCOUNT))
        .body("date_created", equalTo("Fri, 15 Jan 2027 08:00:00 +0000"))
        .body("date_updated", equalTo("Fri, 15 Jan 2027 08:00:00 +0000"))
        .body("ice_servers", hasSize(3))
        .body("ice_servers[0].url", equalTo("stun:localhost:3478"))
        .body("ice_servers[0].urls", equalTo("stun:localhost:3478"))
        .body("ice_servers[0].username", nullValue())
        .body("ice_servers[1].url", equalTo("turn:localhost:3479?transport=udp"))
        .body("ice_servers[1].urls", equalTo("turn:localhost:3479?transport=udp"))
        .body("ice_servers[1].credential", matchesPattern("[A-Za-z0-9+/]{27}="))
        .body("ice_servers[2].urls", equalTo("turns:[2001:db8::7]:443?transport=tcp"));
  }

  @Test
  void everyEntryHasTheCredentialOfTheToken() {
    JsonPath token = ask("").statusCode(201).extract().jsonPath();

    assertThat(token.getString("ice_servers[1].username"))
        .isEqualTo(token.getString("username"))
        .isEqualTo(token.getString("ice_servers[2].username"));
    assertThat(token.getString("ice_servers[1].credential")).isEqualTo(token.getString("password"));
  }

  @Test
  void withoutATtlItIsTheUsual() {
    ask("").statusCode(201).body("ttl", equalTo("3600"));
    with().post(TOKENS).then().statusCode(201).body("ttl", equalTo("3600"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "86401, 86400", "9223372036854775807, 86400"})
  void aTtlIsTakenOrCutToTheCap(String asked, String given) {
    ask("Ttl=" + asked).statusCode(201).body("ttl", equalTo(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Ttl=0", "Ttl=-1", "Ttl=", "Ttl=day", "Ttl=9223372036854775808", "Ttl=1&Ttl=2"})
  void aTtlThatIsNoneIsAnErrorThatItsClientsRead(String form) {
    ask(form)
        .statusCode(400)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("code", equalTo(20001))
        .body("status", equalTo(400))
        .body("message", containsString("Ttl"));
  }

  @Test
  void aWrongKeyIsUnauthorized() {
    unauthorized(given().contentType(FORM));
    unauthorized(basic(AllShapes.ACCOUNT, "wrong"));
    unauthorized(basic("team", AllShapes.TEAM_KEY));
    unauthorized(basic("team", AllShapes.KEY));
    unauthorized(given().contentType(FORM).header("Authorization", "Basic ???"));
    unauthorized(given().contentType(FORM).header("Authorization", "Basic bm9jb2xvbg=="));
    unauthorized(given().contentType(FORM).header("Authorization", "Bearer " + AllShapes.KEY));
  }

  @Test
  void anotherContentTypeIsAProblem() {
    with()
        .contentType("application/json")
        .body("{")
        .post(TOKENS)
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void noPageOfAnotherOriginReadsIt() {
    with()
        .header("Origin", AllShapes.PAGE)
        .post(TOKENS)
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  private static void unauthorized(RequestSpecification request) {
    request
        .post(TOKENS)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Basic"))
        .body("code", equalTo(20003))
        .body(not(containsString("credential")));
  }

  private static ValidatableResponse ask(String form) {
    return with().body(form).post(TOKENS).then();
  }

  private static RequestSpecification with() {
    return basic(AllShapes.ACCOUNT, AllShapes.KEY);
  }

  private static RequestSpecification basic(String user, String password) {
    return given().contentType(FORM).auth().preemptive().basic(user, password);
  }
}
