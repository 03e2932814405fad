package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TooFastTest.Slow.class)
class TooFastTest {

  /** One frame in a second, and twenty at once. */
  public static class Slow implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.announce.enabled", "false",
          "switchboard.socket.messages-per-second", "1",
          "switchboard.socket.messages-burst", "20");
    }
  }

  @TestHTTPResource("/")
  URI root;

  @Test
  void aClientThatSendsTooFastIsToldSoThenClosedAndMayComeBack() throws InterruptedException {
    try (Client ada = connect("/")) {
      for (int i = 0; i < 200; i++) {
        ada.sendAnyway("{\"type\":\"x\"}");
      }
      for (int i = 0; i < 20; i++) {
        assertThat(ada.next())
            .isEqualTo("{\"type\":\"error\",\"message\":\"Unrecognized command: x\"}");
      }
      assertThat(ada.closeCode()).isEqualTo(3001);
      assertThat(ada.unread()).contains("{\"type\":\"error\",\"message\":\"Too many messages\"}");
    }
    try (Client again = connect("/")) {
      again.send("{\"type\":\"login\",\"name\":\"ada\"}");
      assertThat(again.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }

  @Test
  void whoAskedForAnAnswerGetsTheRefusalUnderItsId() throws InterruptedException {
    try (Client ada = connect("/rooms")) {
      for (int i = 0; i < 25; i++) {
        ada.send("{\"event\":\"leave\",\"args\":[\"a\"],\"ack\":" + i + "}");
      }
      String answer = ada.next();
      while (!answer.startsWith("{\"ack\":24,") && !answer.equals("nothing came")) {
        answer = ada.next();
      }
      assertThat(answer)
          .isEqualTo(
              "{\"ack\":24,\"args\":[{\"code\":\"rate_limited\","
                  + "\"message\":\"Too many messages.\",\"retry\":true}]}");
    }
  }

  private Client connect(String path) {
    return Client.connect(URI.create("ws://" + root.getAuthority() + path));
  }
}
