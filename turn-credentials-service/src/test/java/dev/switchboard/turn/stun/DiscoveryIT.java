package dev.switchboard.turn.stun;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** NAT behaviour discovery (RFC 5780), as it is packaged. */
@QuarkusIntegrationTest
@TestProfile(DiscoveryIT.Discovering.class)
class DiscoveryIT {

  private static final InetAddress ONE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.2");

  public static class Discovering implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.stun.port", "0",
          "switchboard.stun.addresses", ONE.getHostAddress(),
          "switchboard.stun.discovery.other-address", OTHER.getHostAddress(),
          "switchboard.stun.discovery.other-port", "0");
    }
  }

  @Test
  void theAnswerComesFromWhereItIsWanted() throws IOException {
    String url = given().get("/ice-servers").jsonPath().getString("iceServers[0].urls[0]");
    int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    // CHANGE-REQUEST with both flags.
    byte[] request =
        HexFormat.of().parseHex("000100082112a442b7e7a701bc34d686fa87dfae0003000400000006");

    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(ONE, 0))) {
      client.setSoTimeout(20_000);
      client.send(new DatagramPacket(request, request.length, ONE, port));
      DatagramPacket answer = new DatagramPacket(new byte[200], 200);
      client.receive(answer);

      assertThat(answer.getAddress()).isEqualTo(OTHER);
      assertThat(answer.getPort()).isNotEqualTo(port);
      // A success with OTHER-ADDRESS.
      assertThat(HexFormat.of().formatHex(answer.getData(), 0, answer.getLength()))
          .startsWith("0101")
          .contains("802c00080001");
    }
  }
}
