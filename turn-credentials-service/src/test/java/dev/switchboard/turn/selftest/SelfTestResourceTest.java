package dev.switchboard.turn.selftest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SelfTestResourceTest.Operated.class)
class SelfTestResourceTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final int STUN = freePort();
  private static final int BALANCER = freePort();

  public static class Operated implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
          Map.entry("switchboard.stun.port", String.valueOf(STUN)),
          Map.entry("switchboard.stun.addresses", "127.0.0.1"),
          Map.entry(
              "switchboard.stun.self-test.urls",
              "stun:127.0.0.1:" + STUN + ",stun:127.0.0.1:" + BALANCER),
          Map.entry("switchboard.stun.self-test.operators", "ops"),
          Map.entry("switchboard.stun.self-test.keep", "0s"),
          // printf %s a-key-of-the-shop | sha256sum
          Map.entry(
              "switchboard.api-keys.ops.hash",
              "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"),
          // printf %s a-key-of-the-team | sha256sum
          Map.entry(
              "switchboard.api-keys.team.hash",
              "fe323d2c7b72ac89a6539b16627feac7c3aae94dbdcf336194e3fbe097eca638"));
    }
  }

  @Test
  void itTellsABalancerThatTranslatesFromAWayThatDoesNot() throws IOException {
    try (TranslatingBalancer balancer = new TranslatingBalancer(BALANCER, STUN)) {
      assertThat(balancer).isNotNull();
      with("Bearer a-key-of-the-shop")
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .body("at", startsWith("20"))
          .body("checks", hasSize(4))
          .body("checks.transport", contains("udp", "tcp", "udp", "tcp"))
          .body(
              "checks.finding",
              contains("preserved", "preserved", "translated-to-private", "unreachable"))
          .body("checks[0].url", equalTo("stun:127.0.0.1:" + STUN))
          .body("checks[0].server", equalTo("127.0.0.1:" + STUN))
          .body("checks[0].sentFrom", startsWith("127.0.0.1:"))
          .body("checks[0].roundTripMillis", greaterThan(0f))
          .body("checks[2].sentFrom", startsWith("127.0.0.1:"))
          .body("checks[2].seen", startsWith("127.0.0.2:"))
          .body("checks[2].meaning", containsString("nobody can reach"))
          .body("checks[3].seen", nullValue());
    }
  }

  @Test
  void onlyAnOperatorsKeyRunsIt() {
    with("").statusCode(401).contentType("application/problem+json");
    with("Bearer no-key-at-all").statusCode(401);
    with("Basic a-key-of-the-shop").statusCode(401);
    with("Bearer " + KEYS.token("ada", Map.of())).statusCode(401);
    with("Bearer a-key-of-the-team").statusCode(403);
  }

  @Test
  void nothingInARequestMakesItAskSomebodyElse() {
    given()
        .header("Authorization", "Bearer a-key-of-the-shop")
        .header("Host", "192.0.2.1:1")
        .queryParam("server", "192.0.2.1:1")
        .queryParam("urls", "stun:192.0.2.1:1")
        .get("/stun/self-test")
        .then()
        .statusCode(200)
        .body("checks.server.findAll { !it.startsWith('127.0.0.1:') }", hasSize(0));
  }

  private static ValidatableResponse with(String authorization) {
    var request = given();
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return request.get("/stun/self-test").then();
  }

  private static int freePort() {
    try (ServerSocket lent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return lent.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
