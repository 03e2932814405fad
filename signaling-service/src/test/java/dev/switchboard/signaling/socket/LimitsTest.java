package dev.switchboard.signaling.socket;

import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No proxy is trusted here; {@link TrustedProxyTest} is its other half. */
@QuarkusTest
@TestProfile(LimitsTest.Few.class)
class LimitsTest {

  public static class Few implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey", TestKeys.shared().publicKeyPem(),
          "switchboard.announce.enabled", "false",
          "switchboard.socket.max-connections-per-peer", "2",
          "switchboard.socket.max-connections-per-address", "5",
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.trusted-proxies", "192.0.2.1");
    }
  }

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Inject Seats seats;

  @BeforeEach
  void nobodyIsLeftOfTheTestBefore() {
    await().atMost(Duration.ofSeconds(20)).until(() -> seats.holders() == 0);
  }

  @Test
  void aPeerHasNoMoreSocketsThanItMay() {
    List<Client> two = connect("ada", "ada");
    try {
      upgrade("ada", Map.of()).header("Retry-After", "5").statusCode(429);
      // Another peer, and the peer of that name in another realm, are not concerned.
      connect("bob").forEach(Client::close);
      upgradeIn("other", "ada");
    } finally {
      two.forEach(Client::close);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> seats.holders() == 0);
    connect("ada").forEach(Client::close);
  }

  @Test
  void aDroppedConnectionGivesItsSeatBack() {
    for (int round = 0; round < 10; round++) {
      connect("ada", "ada").forEach(Client::drop);
      await().atMost(Duration.ofSeconds(20)).until(() -> seats.holders() == 0);
    }
  }

  @Test
  void anAddressHasNoMoreSocketsThanItMayWhoeverTheyAreOf() {
    List<Client> five = connect("ada", "bob", "eve", "tom", "kim");
    try {
      upgrade("zoe", Map.of()).header("Retry-After", "5").statusCode(429);
      // Who is refused for the address has taken nothing of the peer's.
      upgrade("ada", Map.of()).statusCode(429);
    } finally {
      five.forEach(Client::close);
    }
  }

  @Test
  void whatAnUntrustedAddressSaysAboutItselfIsIgnored() {
    List<Client> five = connect("ada", "bob", "eve", "tom", "kim");
    try {
      for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP")) {
        String value = header.equals("Forwarded") ? "for=198.51.100.7" : "198.51.100.7";
        upgrade("zoe", Map.of(header, value)).statusCode(429);
      }
    } finally {
      five.forEach(Client::close);
    }
  }

  private ValidatableResponse upgrade(String name, Map<String, String> headers) {
    return Upgrade.request()
        .headers(headers)
        .header("Authorization", "Bearer " + keys.token(name, Map.of()))
        .get("/")
        .then();
  }

  private void upgradeIn(String realm, String name) {
    Client.connect(socket(), List.of(), Optional.of(keys.token(name, Map.of("realm", realm))))
        .close();
  }

  private List<Client> connect(String... names) {
    return Stream.of(names)
        .map(name -> Client.connect(socket(), List.of(), Optional.of(keys.token(name, Map.of()))))
        .toList();
  }

  private URI socket() {
    return URI.create("ws://" + root.getAuthority() + "/");
  }
}
