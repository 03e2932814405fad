package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(CarriersTest.QueryAtRoot.class)
class CarriersTest {

  public static class QueryAtRoot implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey",
          TestKeys.shared().publicKeyPem(),
          "switchboard.announce.enabled",
          "false",
          "switchboard.socket.access-token-paths",
          "/");
    }
  }

  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void aTokenInTheQueryOpensASocketWhereItIsAllowed() throws InterruptedException {
    String ada = keys.token("ada", Map.of());
    assertNamed("ada", "/?access_token=" + ada, List.of(), Optional.empty());
    String eve = keys.token("eve", Map.of());
    assertNamed("eve", "/?x=1&access_token=" + eve + "&y=", List.of(), Optional.empty());
  }

  @Test
  void whereItIsNotAllowedItCountsForNothing() {
    Upgrade.request()
        .get("/rooms?access_token=" + keys.token("ada", Map.of()))
        .then()
        .statusCode(401);
  }

  @Test
  void theSameRulesHoldForTheQuery() {
    assertRefused(401, TestKeys.generate().token("ada", Map.of()));
    assertRefused(401, keys.token("ada", Map.of(), Instant.now().minusSeconds(600)));
    assertRefused(401, "not.a.token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a%0d%0aX-Forwarded-For:%201", "a%20b", "%C3%BC", "a,b"})
  void whatIsNoTokenIsMalformed(String token) {
    assertRefused(400, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "a%2"})
  void whatIsNoQueryIsMalformed(String token) throws IOException {
    try (RawSocket socket = RawSocket.open(root, "/?access_token=" + token)) {
      assertThat(socket.status()).contains(" 400 ");
    }
  }

  @Test
  void twoTokensThatDifferAreRefused() {
    String ada = keys.token("ada", Map.of());
    String bob = keys.token("bob", Map.of());
    assertRefused(400, ada + "&access_token=" + bob);
    Upgrade.request()
        .header("Authorization", "Bearer " + bob)
        .get("/?access_token=" + ada)
        .then()
        .statusCode(400);
    Upgrade.request()
        .header(PROTOCOL, "switchboard.call, " + Upgrade.carrier(bob))
        .get("/?access_token=" + ada)
        .then()
        .statusCode(400);
    Upgrade.request()
        .header("Authorization", "Bearer " + bob)
        .header(PROTOCOL, "switchboard.call, " + Upgrade.carrier(ada))
        .get("/")
        .then()
        .statusCode(400);
    Upgrade.request()
        .header("Authorization", "Basic YTpi")
        .get("/?access_token=" + ada)
        .then()
        .statusCode(400);
  }

  @Test
  void oneTokenMayComeEachWay() throws InterruptedException {
    String token = keys.token("tom", Map.of());
    assertNamed(
        "tom",
        "/?access_token=" + token,
        List.of("switchboard.call", Upgrade.carrier(token)),
        Optional.of(token));
  }

  @Test
  void aSubprotocolCarriesATokenAndNothingElse() {
    String token = keys.token("ada", Map.of());
    for (String carrier :
        List.of(
            Upgrade.carrier("X-Forwarded-For", "192.0.2.1"),
            Upgrade.carrier("Authorization", "Basic YTpi"),
            Upgrade.carrier("Authorization", "Bearer a\r\nX: y"),
            "quarkus-http-upgrade",
            "quarkus-http-upgrade%23Authorization",
            "quarkus-http-upgrade%zz")) {
      Upgrade.request()
          .header("Authorization", "Bearer " + token)
          .header(PROTOCOL, "switchboard.call, " + carrier)
          .get("/")
          .then()
          .statusCode(400);
    }
  }

  @Test
  void aCarrierAloneIsRefusedBecauseNoneCouldBeChosen() {
    Upgrade.request()
        .header(PROTOCOL, Upgrade.carrier(keys.token("ada", Map.of())))
        .get("/")
        .then()
        .statusCode(400);
  }

  private static void assertRefused(int status, String token) {
    Upgrade.request().get("/?access_token=" + token).then().statusCode(status);
  }

  private void assertNamed(
      String name, String path, List<String> subprotocols, Optional<String> token)
      throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + path);
    try (Client client = Client.connect(socket, subprotocols, token)) {
      client.send("{\"type\":\"login\",\"name\":\"somebody else\"}");
      assertThat(client.next()).contains("Your token is for another name.");
      client.send("{\"type\":\"login\",\"name\":\"" + name + "\"}");
      assertThat(client.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }
}
