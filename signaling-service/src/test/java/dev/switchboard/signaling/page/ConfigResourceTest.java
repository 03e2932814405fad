package dev.switchboard.signaling.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.switchboard.signaling.socket.OpenMode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(OpenMode.class)
class ConfigResourceTest {

  @Test
  void thePageLearnsItsThreeOriginsFromTheHostItWasAskedFor() {
    given()
        .header("Host", "box.example:8443")
        .get("/config.json")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-cache")
        .body("signaling", equalTo("ws://box.example:8443"))
        .body("presence", equalTo("http://box.example:8081"))
        .body("ice", equalTo("http://box.example:8082"))
        .body("auth", equalTo("open"));
  }

  @Test
  void anIpv6HostKeepsItsBrackets() {
    given()
        .header("Host", "[::1]:8080")
        .get("/config.json")
        .then()
        .statusCode(200)
        .body("signaling", equalTo("ws://[::1]:8080"))
        .body("presence", equalTo("http://[::1]:8081"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"><script>", "a'b", "[::1"})
  void aHostThatIsNoneIsAProblem(String host) {
    given()
        .header("Host", host)
        .get("/config.json")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("detail", equalTo("The Host header names no host."));
  }

  @Test
  void anUnknownPathIsAProblem() {
    given()
        .get("/no/such/thing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("title", equalTo("Not Found"));
  }

  @Test
  void healthAndMetricsAreServed() {
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(org.hamcrest.Matchers.containsString("switchboard_connections"));
  }
}
