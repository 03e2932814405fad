package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that never reads, against one that never stops sending. */
@QuarkusTest
@TestProfile(UnreadTest.SmallOutbox.class)
class UnreadTest {

  public static class SmallOutbox extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode",
          "open",
          "switchboard.announce.enabled",
          "false",
          "switchboard.socket.outbox",
          "256K");
    }
  }

  @TestHTTPResource("/")
  URI root;

  @Test
  void aClientThatNeverReadsIsCutAndTheSenderIsTold() throws IOException, InterruptedException {
    try (DeafClient deaf = DeafClient.connect(root);
        Client ada = Client.connect(URI.create("ws://" + root.getAuthority() + "/"))) {
      deaf.send("{\"type\":\"login\",\"name\":\"deaf\"}");
      ada.send("{\"type\":\"login\",\"name\":\"ada\"}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
      awaitLogin(ada);

      String candidate =
          "{\"type\":\"candidate\",\"name\":\"deaf\",\"candidate\":\"" + "x".repeat(20_000) + "\"}";
      // Socket buffers take some megabytes; the outbox 256 kB; far less than all of this.
      for (int i = 0; i < 2000 && ada.unread().isEmpty(); i++) {
        ada.send(candidate);
      }
      assertThat(ada.next()).isEqualTo("{\"type\":\"error\",\"message\":\"No such user: deaf\"}");
    }
  }

  private static void awaitLogin(Client ada) throws InterruptedException {
    for (int attempt = 0; attempt < 200; attempt++) {
      ada.send("{\"type\":\"candidate\",\"name\":\"deaf\",\"candidate\":0}");
      ada.settle();
      if (ada.unread().isEmpty()) {
        return;
      }
      assertThat(ada.next()).contains("No such user");
      Thread.sleep(50);
    }
  }
}
