package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ClosedModeTest.Closed.class)
class ClosedModeTest {

  public static class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey",
          TestKeys.shared().publicKeyPem(),
          "switchboard.announce.enabled",
          "false");
    }
  }

  private static final String GRANTED = "{\"type\":\"login\",\"success\":true}";

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void withoutATokenThereIsNoSocket() {
    assertRefused(List.of(), Optional.empty());
  }

  @Test
  void anExpiredTokenOpensNoSocket() {
    assertRefused(
        List.of(), Optional.of(keys.token("ada", Map.of(), Instant.now().minusSeconds(600))));
  }

  @Test
  void aForgedTokenOpensNoSocket() {
    assertRefused(List.of(), Optional.of(TestKeys.generate().token("ada", Map.of())));
  }

  @Test
  void theAuthorizationHeaderOpensTheSocket() throws InterruptedException {
    try (Client ada = connect("ada", Map.of())) {
      assertThat(login(ada, "ada")).isEqualTo(GRANTED);
    }
  }

  @Test
  void theSubprotocolCarrierOpensTheSocket() throws InterruptedException {
    String token = keys.token("eve", Map.of());
    List<String> subprotocols = List.of("switchboard.call", carrier(token));
    try (Client eve = Client.connect(socket(), subprotocols, Optional.empty())) {
      assertThat(eve.subprotocol()).isEqualTo("switchboard.call");
      assertThat(login(eve, "eve")).isEqualTo(GRANTED);
    }
  }

  @Test
  void aForgedTokenInTheCarrierOpensNoSocket() {
    String forged = TestKeys.generate().token("ada", Map.of());
    assertRefused(List.of("switchboard.call", carrier(forged)), Optional.empty());
  }

  @Test
  void aSocketEndsWithItsToken() throws InterruptedException {
    String token = keys.token("brief", Map.of(), Instant.now().plusSeconds(8));
    try (Client brief = Client.connect(socket(), List.of(), Optional.of(token));
        Client friend = connect("friend", Map.of())) {
      assertThat(login(brief, "brief")).isEqualTo(GRANTED);
      assertThat(login(friend, "friend")).isEqualTo(GRANTED);
      brief.send("{\"type\":\"offer\",\"offer\":1,\"name\":\"friend\"}");
      assertThat(friend.next()).isEqualTo("{\"type\":\"offer\",\"offer\":1,\"name\":\"brief\"}");

      assertThat(brief.closeCode()).isEqualTo(3500);
      assertThat(friend.next()).isEqualTo("{\"type\":\"leave\"}");
    }
  }

  @Test
  void aTokenIsForOneName() throws InterruptedException {
    try (Client ada = connect("ada3", Map.of())) {
      assertThat(login(ada, "bob"))
          .isEqualTo(
              "{\"type\":\"login\",\"success\":false,"
                  + "\"message\":\"Your token is for another name.\"}");
    }
  }

  @Test
  void twoPeersMayTalkWhenBothGrantsAllowIt() throws InterruptedException {
    try (Client agent = connect("agent", Map.of());
        Client guest = connect("guest", peers("agent"));
        Client other = connect("other", Map.of())) {
      assertThat(login(agent, "agent")).isEqualTo(GRANTED);
      assertThat(login(guest, "guest")).isEqualTo(GRANTED);
      assertThat(login(other, "other")).isEqualTo(GRANTED);

      guest.send("{\"type\":\"offer\",\"offer\":1,\"name\":\"agent\"}");
      assertThat(agent.next()).isEqualTo("{\"type\":\"offer\",\"offer\":1,\"name\":\"guest\"}");
      guest.send("{\"type\":\"offer\",\"offer\":1,\"name\":\"other\"}");
      assertThat(guest.next())
          .isEqualTo("{\"type\":\"error\",\"message\":\"Not allowed to reach: other\"}");
      other.send("{\"type\":\"offer\",\"offer\":1,\"name\":\"guest\"}");
      assertThat(other.next())
          .isEqualTo("{\"type\":\"error\",\"message\":\"Not allowed to reach: guest\"}");
      // The refused caller is tied to nobody.
      other.send("{\"type\":\"leave\"}");
      other.settle();
      guest.settle();
      assertThat(guest.unread()).isEmpty();
    }
  }

  @Test
  void nothingCrossesRealms() throws InterruptedException {
    try (Client here = connect("twin", Map.of("realm", "here"));
        Client there = connect("twin", Map.of("realm", "there"))) {
      assertThat(login(here, "twin")).isEqualTo(GRANTED);
      assertThat(login(there, "twin")).isEqualTo(GRANTED);
      try (Client ada = connect("loner", Map.of("realm", "here"))) {
        assertThat(login(ada, "loner")).isEqualTo(GRANTED);
        ada.send("{\"type\":\"offer\",\"offer\":1,\"name\":\"twin\"}");
        assertThat(here.next()).isEqualTo("{\"type\":\"offer\",\"offer\":1,\"name\":\"loner\"}");
        there.settle();
        assertThat(there.unread()).isEmpty();
      }
    }
  }

  private static Map<String, Object> peers(String pattern) {
    return Map.of("switchboard", Map.of("peers", List.of(pattern)));
  }

  private Client connect(String name, Map<String, Object> claims) {
    return Client.connect(socket(), List.of(), Optional.of(keys.token(name, claims)));
  }

  private static String login(Client client, String name) throws InterruptedException {
    client.send("{\"type\":\"login\",\"name\":\"" + name + "\"}");
    return client.next();
  }

  private void assertRefused(List<String> subprotocols, Optional<String> token) {
    assertThatThrownBy(() -> Client.connect(socket(), subprotocols, token))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }

  private static String carrier(String token) {
    return URLEncoder.encode(
            "quarkus-http-upgrade#Authorization#Bearer " + token, StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private URI socket() {
    return URI.create("ws://" + root.getAuthority() + "/");
  }
}
