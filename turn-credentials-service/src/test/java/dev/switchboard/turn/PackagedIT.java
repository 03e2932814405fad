package dev.switchboard.turn;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user runs, as it is packaged. */
@QuarkusIntegrationTest
@TestProfile(PackagedJarIT.Open.class)
class PackagedJarIT {

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
    given().get("/q/metrics").then().statusCode(200);
  }

  @Test
  void theStunServerItNamesAnswers() throws Exception {
    String url = given().get("/ice-servers").jsonPath().getString("iceServers[0].urls[0]");
    int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    byte[] request = HexFormat.of().parseHex(BARE_REQUEST);

    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      client.setSoTimeout(5000);
      client.send(new DatagramPacket(request, request.length, loopback, port));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      client.receive(answer);

      // Nothing but XOR-MAPPED-ADDRESS: no SOFTWARE, whatever ice4j's own configuration says.
      assertThat(answer.getLength()).isEqualTo(32);
      assertThat(HexFormat.of().formatHex(answer.getData(), 0, 20))
          .isEqualTo("0101000c" + BARE_REQUEST.substring(8));
    }
  }
}
