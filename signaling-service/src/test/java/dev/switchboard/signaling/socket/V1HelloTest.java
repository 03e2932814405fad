package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hello where no token is needed: in time, and with a token all the same. */
@QuarkusTest
@TestProfile(V1HelloTest.ShortPatience.class)
class V1HelloTest {

  public static class ShortPatience extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.put("switchboard.v1.hello-within", "3s");
      config.put("mp.jwt.verify.publickey", TestKeys.shared().publicKeyPem());
      return config;
    }
  }

  private final TestKeys keys = TestKeys.shared();

  @TestHTTPResource("/")
  URI root;

  @Test
  void whoDoesNotSayHelloInTimeIsClosedAndWhoDoesIsNot() throws InterruptedException {
    try (Client zoe = connect();
        Client silent = connect();
        Client nameless = connect()) {
      zoe.send("{\"type\":\"hello\",\"name\":\"zoe\"}");
      assertThat(zoe.next()).contains("welcome");
      nameless.send("{\"type\":\"hello\",\"name\":\"\"}");
      assertThat(nameless.next()).contains("bad_name");

      assertThat(silent.closeCode()).isEqualTo(3003);
      assertThat(nameless.closeCode()).isEqualTo(3003);
      zoe.send("{\"type\":\"join\",\"id\":1,\"room\":\"tea\"}");
      assertThat(zoe.next()).contains("\"ok\"");
    }
  }

  @Test
  void aTokenThatIsNotNeededCountsAllTheSame() throws InterruptedException {
    try (Client ada = connect()) {
      ada.send("{\"type\":\"hello\",\"name\":\" \"}");
      assertThat(ada.next()).contains("bad_name");
      String token = keys.token("ada", Map.of("realm", "elsewhere"));
      ada.send("{\"type\":\"hello\",\"name\":\"bob\",\"token\":\"" + token + "\"}");
      assertThat(ada.next()).contains("not_your_name");
      ada.send("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
      assertThat(ada.next()).startsWith("{\"type\":\"welcome\",\"self\":\"ada\"");
      try (Client bob = connect()) {
        bob.send("{\"type\":\"hello\",\"name\":\"bob\"}");
        assertThat(bob.next()).contains("welcome");
        bob.send("{\"type\":\"signal\",\"id\":1,\"to\":\"ada\",\"data\":1}");
        assertThat(bob.next()).contains("unknown_peer");
      }
    }
  }

  @Test
  void whoCameWithoutATokenHasNoneToRenew() throws InterruptedException {
    try (Client eve = connect()) {
      eve.send("{\"type\":\"hello\",\"name\":\"eve\"}");
      assertThat(eve.next()).contains("welcome");
      eve.send("{\"type\":\"token\",\"token\":\"" + keys.token("eve", Map.of()) + "\"}");
      assertThat(eve.next()).contains("bad_token").contains("There is no token to renew.");
    }
  }

  private Client connect() {
    return Client.connect(URI.create("ws://" + root.getAuthority() + "/v1/signal"));
  }
}
