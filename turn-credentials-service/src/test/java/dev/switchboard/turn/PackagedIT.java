package dev.switchboard.turn;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user runs, as it is packaged: the jar, or the native image. */
@QuarkusIntegrationTest
@TestProfile(PackagedIT.Open.class)
class PackagedIT {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String BARE_REQUEST = "000100002112a442b7e7a701bc34d686fa87dfae";

  public static class Open implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.stun.port", "0",
          "switchboard.stun.addresses", "127.0.0.1",
          "switchboard.ice.turn-urls", "turn:{host}:3479?transport=udp",
          "switchboard.turn.secrets", "a-secret-of-the-relay");
    }
  }

  @Test
  void itHandsOutIceServersAndIsReady() {
    given()
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .body("iceServers[1].urls[0]", equalTo("turn:localhost:3479?transport=udp"))
        .body("iceTransportPolicy", equalTo("all"));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/openapi").then().statusCode(200).body(startsWith("---"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("switchboard_stun_datagrams_total"));
  }

  @Test
  void theStunServerItNamesAnswersOverUdp() throws Exception {
    byte[] request = HexFormat.of().parseHex(BARE_REQUEST);

    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.send(new DatagramPacket(request, request.length, LOOPBACK, stunPort()));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      client.receive(answer);

      assertSuccess(Arrays.copyOf(answer.getData(), answer.getLength()));
    }
  }

  @Test
  void andOverTcp() throws Exception {
    try (Socket client = new Socket(LOOPBACK, stunPort())) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.getOutputStream().write(HexFormat.of().parseHex(BARE_REQUEST));

      assertSuccess(client.getInputStream().readNBytes(32));
    }
  }

  private static int stunPort() {
    String url = given().get("/ice-servers").jsonPath().getString("iceServers[0].urls[0]");
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  /** Nothing but XOR-MAPPED-ADDRESS: no SOFTWARE, whatever ice4j's own configuration says. */
  private static void assertSuccess(byte[] answer) {
    assertThat(answer).hasSize(32);
    assertThat(HexFormat.of().formatHex(answer, 0, 20))
        .isEqualTo("0101000c" + BARE_REQUEST.substring(8));
  }
}
