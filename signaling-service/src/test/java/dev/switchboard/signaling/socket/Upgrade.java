package dev.switchboard.signaling.socket;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A request to open a socket, for those that are refused one. */
final class Upgrade {

  private Upgrade() {}

  static RequestSpecification request() {
    return given()
        .urlEncodingEnabled(false)
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  /** The sub-protocol that carries a token. */
  static String carrier(String token) {
    return carrier("Authorization", "Bearer " + token);
  }

  /** The sub-protocol that carries a header. */
  static String carrier(String header, String value) {
    return URLEncoder.encode("quarkus-http-upgrade#" + header + "#" + value, StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
