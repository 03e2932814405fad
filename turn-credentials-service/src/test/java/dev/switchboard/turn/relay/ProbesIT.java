package dev.switchboard.turn.relay;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.turn.Coturn;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packaged service probes three real coturn servers, of which one does not know our secret. */
@QuarkusIntegrationTest
@WithTestResource(RelayFleet.class)
class ProbesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Fleet List<Coturn> fleet = List.of();

  @AfterEach
  void restore() {
    for (Coturn coturn : fleet.subList(0, 2)) {
      coturn.close();
      coturn.resume();
    }
  }

  @Test
  void whatAnswersOverUdpTcpAndTlsIsHandedOutAndWhatRefusesUsIsNot() {
    awaitStates("up", "up", "up", "up", "down");

    assertThat(handedOut()).hasSize(4).noneMatch(url -> url.contains(":" + stranger().port()));
    assertThat(report().getString("relays.find { it.name == 'stranger' }.urls[0].reason"))
        .isEqualTo("Allocate was refused with 401");
    assertThat(report().getDouble("relays.find { it.name == 'one' }.urls[0].rttMillis"))
        .isPositive();
    assertThat(report().getString("relays.find { it.name == 'one' }.urls[0].lastSuccess"))
        .isNotEmpty();
  }

  @Test
  void oneThatFailsIsLeftOutUntilItAnswersAgain() {
    awaitStates("up", "up", "up", "up", "down");

    two().close();
    awaitStates("up", "up", "up", "down", "down");
    assertThat(handedOut()).hasSize(3).noneMatch(url -> url.contains(":" + two().port()));

    two().resume();
    awaitStates("up", "up", "up", "up", "down");
    assertThat(handedOut()).hasSize(4);
  }

  @Test
  void theListIsNeverEmptyAndMetricsSaySo() {
    awaitStates("up", "up", "up", "up", "down");
    assertThat(metric("switchboard_relay_last_known")).isZero();

    one().close();
    awaitStates("down", "down", "down", "up", "down");
    two().close();
    awaitStates("down", "down", "down", "down", "down");

    assertThat(handedOut()).hasSize(1).allMatch(url -> url.contains(":" + two().port()));
    assertThat(report().getBoolean("lastKnown")).isTrue();
    assertThat(metric("switchboard_relay_last_known")).isOne();
  }

  private Coturn one() {
    return fleet.getFirst();
  }

  private Coturn two() {
    return fleet.get(1);
  }

  private Coturn stranger() {
    return fleet.getLast();
  }

  /** Of one's three urls, of two's and of the stranger's. */
  private static void awaitStates(String... states) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonPath report = report();
          assertThat(states("one")).containsExactly(states[0], states[1], states[2]);
          assertThat(states("two")).containsExactly(states[3]);
          assertThat(states("stranger")).containsExactly(states[4]);
          assertThat(report.getBoolean("default")).isTrue();
        });
  }

  private static List<String> states(String relay) {
    return report().getList("relays.find { it.name == '" + relay + "' }.urls.state");
  }

  private static JsonPath report() {
    return given()
        .header("Authorization", "Bearer a-key-of-the-shop")
        .get("/relays")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .setRootPath("regions[0]");
  }

  private static List<String> handedOut() {
    return given().get("/ice-servers").jsonPath().getList("iceServers[0].urls");
  }

  private static double metric(String name) {
    @Nullable String line =
        given()
            .get("/q/metrics")
            .asString()
            .lines()
            .filter(candidate -> candidate.startsWith(name + "{"))
            .findFirst()
            .orElse(null);
    assertThat(line).as(name).isNotNull();
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
