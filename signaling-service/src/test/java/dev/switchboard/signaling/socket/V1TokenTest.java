package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens of the v1 protocol: in the upgrade, in the hello, and renewed on a live socket. */
@QuarkusTest
@TestProfile(ClosedModeTest.Closed.class)
class V1TokenTest {

  private static final String REFUSED = "{\"type\":\"error\",\"code\":\"bad_token\",";
  private static final String RENEWED = "{\"type\":\"ok\",\"id\":1}";

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void withoutATokenThereIsASocketButNoHello() throws InterruptedException {
    try (Client ada = connect()) {
      assertThat(ask(ada, "{\"type\":\"join\",\"id\":1,\"room\":\"tea\"}")).contains("no_name");
      assertThat(ask(ada, "{\"type\":\"hello\",\"name\":\"ada\"}"))
          .isEqualTo(
              REFUSED + "\"message\":\"A bearer token is needed; none came.\",\"retry\":false}");
    }
  }

  @Test
  void aBadTokenInTheUpgradeOpensNoSocket() {
    String forged = TestKeys.generate().token("ada", Map.of());

    assertThatThrownBy(() -> connect(forged))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }

  @Test
  void theTokenOfTheUpgradeNamesThePeer() throws InterruptedException {
    try (Client ada = connect(token("ada"))) {
      assertWelcome(ask(ada, "{\"type\":\"hello\"}"), "ada");
    }
  }

  @Test
  void theTokenOfTheHelloNamesThePeer() throws InterruptedException {
    try (Client ada = connect()) {
      assertWelcome(ask(ada, hello(token("ada"))), "ada");
    }
  }

  @Test
  void theNameMustBeTheTokens() throws InterruptedException {
    try (Client ada = connect()) {
      String token = token("ada");
      assertThat(ask(ada, "{\"type\":\"hello\",\"name\":\"bob\",\"token\":\"" + token + "\"}"))
          .contains("not_your_name");
      assertWelcome(
          ask(ada, "{\"type\":\"hello\",\"name\":\"ada\",\"token\":\"" + token + "\"}"), "ada");
    }
  }

  @Test
  void aBadTokenInTheHelloIsRefusedAndAGoodOneMayFollow() throws InterruptedException {
    String expired = keys.token("ada", Map.of(), Instant.now().minusSeconds(600));
    String forged = TestKeys.generate().token("ada", Map.of());
    try (Client ada = connect()) {
      for (String bad : List.of(expired, forged, "", "x", "a.b.c")) {
        assertThat(ask(ada, hello(bad))).startsWith(REFUSED);
      }
      assertWelcome(ask(ada, hello(token("ada"))), "ada");
    }
  }

  @Test
  void theSameTokenTwiceIsNoConflict() throws InterruptedException {
    String token = token("ada");
    try (Client ada = connect(token)) {
      assertWelcome(ask(ada, hello(token)), "ada");
    }
  }

  @Test
  void theTokensOfTwoPeersAreAConflictThatEndsTheSocket() throws InterruptedException {
    try (Client ada = connect(token("ada"))) {
      assertThat(ask(ada, hello(token("bob")))).startsWith(REFUSED);
      assertThat(ada.closeCode()).isEqualTo(3502);
    }
    try (Client ada = connect(token("ada"))) {
      assertThat(ask(ada, hello(keys.token("ada", Map.of("realm", "other"))))).startsWith(REFUSED);
      assertThat(ada.closeCode()).isEqualTo(3502);
    }
  }

  @Test
  void aRealmInTheHelloIsTheSessionsRealm() throws InterruptedException {
    try (Client here = connect();
        Client there = connect()) {
      assertWelcome(ask(here, hello(keys.token("twin", Map.of("realm", "here")))), "twin");
      assertWelcome(ask(there, hello(keys.token("loner", Map.of("realm", "there")))), "loner");
      assertThat(ask(there, "{\"type\":\"signal\",\"id\":1,\"to\":\"twin\",\"data\":1}"))
          .contains("unknown_peer");
    }
  }

  @Test
  void aSocketEndsWithTheTokenOfItsHello() throws InterruptedException {
    try (Client brief = connect()) {
      assertWelcome(ask(brief, hello(lasting("brief", 4))), "brief");
      assertThat(brief.next()).startsWith("{\"type\":\"token-expiring\",\"in\":");
      assertThat(brief.closeCode()).isEqualTo(3500);
    }
  }

  @Test
  void aRenewedTokenKeepsTheSocketOpen() throws InterruptedException {
    try (Client ada = connect(lasting("ada", 8));
        Client canary = connect(lasting("canary", 8))) {
      assertWelcome(ask(ada, "{\"type\":\"hello\"}"), "ada");
      assertWelcome(ask(canary, "{\"type\":\"hello\"}"), "canary");
      assertThat(ada.next()).startsWith("{\"type\":\"token-expiring\",\"in\":");
      assertThat(ask(ada, renewal(token("ada")))).isEqualTo(RENEWED);

      assertThat(canary.closeCode()).isEqualTo(3500);
      assertThat(ask(ada, "{\"type\":\"join\",\"id\":2,\"room\":\"tea\"}"))
          .isEqualTo("{\"type\":\"ok\",\"id\":2,\"seq\":1,\"peers\":[]}");
    }
  }

  @Test
  void aShortRenewalIsWarnedOfAgain() throws InterruptedException {
    try (Client ada = connect(lasting("ada", 30))) {
      assertWelcome(ask(ada, "{\"type\":\"hello\"}"), "ada");
      assertThat(ada.next()).startsWith("{\"type\":\"token-expiring\",\"in\":2");
      ada.send(renewal(lasting("ada", 50)));
      assertThat(List.of(ada.next(), ada.next()))
          .satisfiesExactly(
              warning -> assertThat(warning).startsWith("{\"type\":\"token-expiring\",\"in\":4"),
              ok -> assertThat(ok).isEqualTo(RENEWED));
    }
  }

  @Test
  void whatDoesNotRenewIsRefusedAndTheSocketStays() throws InterruptedException {
    String first = lasting("ada", 200);
    try (Client ada = connect(first)) {
      assertWelcome(ask(ada, "{\"type\":\"hello\"}"), "ada");
      List<String> useless =
          List.of(
              first,
              lasting("ada", 100),
              token("bob"),
              keys.token("ada", Map.of("realm", "other")),
              keys.token("ada", Map.of(), Instant.now().minusSeconds(600)),
              TestKeys.generate().token("ada", Map.of()),
              "x");
      for (String token : useless) {
        assertThat(ask(ada, "{\"type\":\"token\",\"token\":\"" + token + "\"}"))
            .startsWith(REFUSED);
      }
      assertThat(ask(ada, renewal(token("ada")))).isEqualTo(RENEWED);
    }
  }

  @Test
  void theGrantsAreThoseOfTheNewestToken() throws InterruptedException {
    try (Client ada = connect(keys.token("ada", rooms("tea"), Instant.now().plusSeconds(200)))) {
      assertWelcome(ask(ada, "{\"type\":\"hello\"}"), "ada");
      assertThat(ask(ada, renewal(keys.token("ada", rooms("coffee"))))).isEqualTo(RENEWED);
      assertThat(ask(ada, "{\"type\":\"join\",\"id\":2,\"room\":\"tea\"}")).contains("forbidden");
      assertThat(ask(ada, "{\"type\":\"join\",\"id\":3,\"room\":\"coffee\"}")).contains("\"ok\"");
    }
  }

  @Test
  void whoTheReceiverMayNotHearIsRefused() throws InterruptedException {
    try (Client guest =
            connect(keys.token("guest", Map.of("switchboard", Map.of("peers", List.of("agent")))));
        Client other = connect(token("other"))) {
      assertWelcome(ask(guest, "{\"type\":\"hello\"}"), "guest");
      assertWelcome(ask(other, "{\"type\":\"hello\"}"), "other");

      assertThat(ask(other, "{\"type\":\"signal\",\"id\":1,\"to\":\"guest\",\"data\":1}"))
          .startsWith("{\"type\":\"error\",\"id\":1,\"code\":\"forbidden\"");
    }
  }

  private static Map<String, Object> rooms(String pattern) {
    return Map.of("switchboard", Map.of("rooms", List.of(pattern)));
  }

  private static void assertWelcome(String frame, String self) {
    assertThat(frame).startsWith("{\"type\":\"welcome\",\"self\":\"" + self + "\",");
  }

  private static String hello(String token) {
    return "{\"type\":\"hello\",\"token\":\"" + token + "\"}";
  }

  private static String renewal(String token) {
    return "{\"type\":\"token\",\"id\":1,\"token\":\"" + token + "\"}";
  }

  private static String ask(Client client, String frame) throws InterruptedException {
    client.send(frame);
    return client.next();
  }

  private String token(String name) {
    return keys.token(name, Map.of());
  }

  private String lasting(String name, int seconds) {
    return keys.token(name, Map.of(), Instant.now().plusSeconds(seconds));
  }

  private Client connect() {
    return Client.connect(socket());
  }

  private Client connect(String token) {
    return Client.connect(socket(), List.of("switchboard.v1"), Optional.of(token));
  }

  private URI socket() {
    return URI.create("ws://" + root.getAuthority() + "/v1/signal");
  }
}
