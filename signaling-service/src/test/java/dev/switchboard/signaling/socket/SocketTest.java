package dev.switchboard.signaling.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SocketTest.Small.class)
class SocketTest {

  /** Open to everybody, with bounds that a test can reach. */
  public static class Small extends OpenMode {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.announce.enabled", "false",
          "switchboard.socket.max-frame", "1K",
          "switchboard.socket.max-connections", "4",
          "switchboard.socket.dead-after", "3s",
          "quarkus.websockets-next.server.auto-ping-interval", "500ms",
          "quarkus.websockets-next.server.max-frame-size", "8192",
          "quarkus.websockets-next.server.max-message-size", "8192");
    }
  }

  @TestHTTPResource("/")
  URI root;

  @Test
  void aFrameOverTheLimitClosesWith1009() throws InterruptedException {
    try (Client ada = connect()) {
      ada.send("{\"type\":\"" + "x".repeat(2000) + "\"}");
      assertThat(ada.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aFrameFarOverTheLimitIsCutAndNobodyElseNotices() throws InterruptedException {
    try (Client ada = connect();
        Client bob = connect()) {
      ada.sendAnyway("{\"type\":\"" + "x".repeat(100_000) + "\"}");
      // 1006 where the server's close and the rest of the frame crossed on the wire.
      assertThat(ada.closeCode()).isIn(1006, 1009);
      bob.send("{\"type\":\"login\",\"name\":\"unharmed\"}");
      assertThat(bob.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }

  @Test
  void aFrameAtTheLimitIsHandled() throws InterruptedException {
    try (Client ada = connect()) {
      String frame = "{\"type\":\"x\"" + " ".repeat(1024 - 12) + "}";
      assertThat(frame).hasSize(1024);
      ada.send(frame);
      assertThat(ada.next())
          .isEqualTo("{\"type\":\"error\",\"message\":\"Unrecognized command: x\"}");
    }
  }

  @Test
  void aBinaryFrameClosesWith1003() throws InterruptedException {
    try (Client ada = connect()) {
      ada.send(new byte[] {1, 2, 3});
      assertThat(ada.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void aPageOfAnotherHostIsRefused() {
    upgrade().header("Origin", "https://evil.example").get("/").then().statusCode(403);
  }

  @Test
  void aSubprotocolThatNobodySpeaksIsRefused() {
    upgrade().header("Sec-WebSocket-Protocol", "soap, mqtt").get("/").then().statusCode(400);
  }

  @Test
  void theDialectCanBeAskedForByName() throws InterruptedException {
    try (Client ada =
        Client.connect(socket(), List.of("soap", "switchboard.call"), Optional.empty())) {
      assertThat(ada.subprotocol()).isEqualTo("switchboard.call");
      ada.send("{\"type\":\"login\",\"name\":\"by name\"}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }

  @Test
  void aClientThatAnswersPingsIsKept() throws InterruptedException {
    try (Client ada = connect()) {
      // Eight pings half a second apart outlast the three seconds after which silence is death.
      ada.awaitPings(8);
      ada.send("{\"type\":\"login\",\"name\":\"patient\"}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
    }
  }

  @Test
  void aClientThatIsGoneWithoutAWordIsCutAndItsPartnerTold()
      throws IOException, InterruptedException {
    try (DeafClient deaf = DeafClient.connect(root);
        Client ada = connect()) {
      deaf.send("{\"type\":\"login\",\"name\":\"silent\"}");
      ada.send("{\"type\":\"login\",\"name\":\"ada\"}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"login\",\"success\":true}");
      deaf.send("{\"type\":\"offer\",\"name\":\"ada\",\"offer\":0}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"offer\",\"offer\":0,\"name\":\"silent\"}");
      assertThat(ada.next()).isEqualTo("{\"type\":\"leave\"}");
    }
  }

  @Test
  void aPodThatIsFullSaysWhenToComeBack() {
    List<Client> four = Stream.generate(this::connect).limit(4).toList();
    try {
      upgrade().get("/").then().statusCode(503).header("Retry-After", "5");
    } finally {
      four.forEach(Client::close);
    }
  }

  private Client connect() {
    // Sockets of the test before may still be closing; the bound is what they wait for.
    for (int attempt = 0; ; attempt++) {
      try {
        return Client.connect(socket());
      } catch (IllegalStateException e) {
        if (attempt == 100) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private URI socket() {
    return URI.create("ws://" + root.getAuthority() + "/");
  }

  private static RequestSpecification upgrade() {
    return given()
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }
}
