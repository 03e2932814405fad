package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
@TestProfile(NoTokenInTheLogIT.Talkative.class)
class NoTokenInTheLogIT {

  /** Everything logs as much as it can, and the access log has everything that it knows. */
  public static class Talkative implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey", TestKeys.shared().publicKeyPem(),
          "switchboard.announce.enabled", "false",
          "switchboard.socket.access-token-paths", "/",
          "quarkus.log.level", "DEBUG",
          "quarkus.http.access-log.enabled", "true",
          "quarkus.http.access-log.pattern",
              "%r | %U | %q | %{BARE_QUERY_STRING} | %{q,access_token} | %{i,Authorization} |"
                  + " %{i,Sec-WebSocket-Protocol} | %{ALL_REQUEST_HEADERS} | %s");
    }
  }

  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  /** Of the packaged service, in a process of its own: what Quarkus finds there is part of it. */
  private static final Path LOG = Path.of("target", "quarkus.log");

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void noPartOfATokenIsLoggedHoweverItComes() throws IOException, InterruptedException {
    List<String> good = List.of(token("ada"), token("bob"), token("eve"));
    List<String> bad =
        List.of(
            keys.token("ada", Map.of(), Instant.now().minusSeconds(600)),
            TestKeys.generate().token("ada", Map.of()),
            keys.token("ada", Map.of("realm", "a}b")),
            token("ada") + "x",
            "bm90.YXRva2VuYXRhbGw.c2lnbmF0dXJl");

    login("ada", "/", List.of(), Optional.of(good.get(0)));
    login("bob", "/?access_token=" + good.get(1), List.of(), Optional.empty());
    login("eve", "/", List.of("switchboard.call", Upgrade.carrier(good.get(2))), Optional.empty());
    for (String token : bad) {
      byHeader(token, "/", 401);
      bySubprotocol(Upgrade.carrier(token), 401);
      byQuery(token, 401);
      byQuery(token + "%0d%0a", 400);
      byQuery(token + "&access_token=" + good.get(0), 400);
      bySubprotocol(Upgrade.carrier(token) + "%zz", 400);
      bySubprotocol(Upgrade.carrier("Authorization", token), 400);
      byHeader(token, "/config.json?access_token=" + token, 200);
      try (RawSocket socket =
          RawSocket.open(
              root, "/?access%5ftoken=" + token + "&x=%", "Origin: http://evil.example")) {
        assertThat(socket.status()).contains(" 400 ");
      }
    }
    byHeader(good.get(0), "/nowhere?access_token=" + good.get(0), 404);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(LOG).contains("/nowhere?…"));
    String text = Files.readString(LOG);
    assertThat(text).contains("GET /?… HTTP/1.1", "upgrade refused: token");
    List<String> all = new ArrayList<>(good);
    all.addAll(bad);
    for (String token : all) {
      for (String part : token.split("\\.", -1)) {
        assertThat(text).doesNotContain(part);
      }
    }
  }

  private String token(String name) {
    return keys.token(name, Map.of());
  }

  private void login(String name, String path, List<String> subprotocols, Optional<String> token)
      throws InterruptedException {
    URI socket = URI.create("ws://" + root.getAuthority() + path);
    try (Client client = Client.connect(socket, subprotocols, token)) {
      client.send("{\"type\":\"login\",\"name\":\"" + name + "\"}");
      assertThat(client.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }

  private static void byHeader(String token, String target, int status) {
    Upgrade.request()
        .header("Authorization", "Bearer " + token)
        .get(target)
        .then()
        .statusCode(status);
  }

  private static void byQuery(String token, int status) {
    Upgrade.request().get("/?access_token=" + token).then().statusCode(status);
  }

  private static void bySubprotocol(String carrier, int status) {
    Upgrade.request()
        .header(PROTOCOL, "switchboard.call, " + carrier)
        .get("/")
        .then()
        .statusCode(status);
  }
}
