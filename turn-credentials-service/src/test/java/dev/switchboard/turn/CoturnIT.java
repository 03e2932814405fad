package dev.switchboard.turn;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testing.TestKeys;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real coturn decides whether what we hand out is worth anything. */
@QuarkusIntegrationTest
@TestProfile(CoturnIT.Closed.class)
class CoturnIT {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public static class Closed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey", KEYS.publicKeyPem(), "switchboard.stun.enabled", "false");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Turnserver.class));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "b/eve:1 'ü'"})
  void ourCredentialIsAccepted(String peer) throws Exception {
    JsonPath server = turnServerFor(peer, 60);

    Outcome outcome = allocate(server, server.getString("credential"));

    assertThat(outcome.status()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("Total lost packets 0");
  }

  @Test
  void aForgedCredentialIsRefused() throws Exception {
    Outcome outcome = allocate(turnServerFor("ada", 60), "Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2U=");

    assertThat(outcome.status()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains("Cannot complete Allocation");
  }

  @Test
  void anExpiredCredentialIsRefused() throws Exception {
    JsonPath server = turnServerFor("ada", 1);
    Instant expiry =
        Instant.ofEpochSecond(Long.parseLong(server.getString("username").split(":", 2)[0]));
    while (!Instant.now().isAfter(expiry.plusSeconds(1))) {
      TimeUnit.MILLISECONDS.sleep(100);
    }

    Outcome outcome = allocate(server, server.getString("credential"));

    assertThat(outcome.status()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains("Cannot complete Allocation");
  }

  private record Outcome(int status, String output) {}

  /** Two clients allocate and send each other two messages through their relayed addresses. */
  private static Outcome allocate(JsonPath server, String credential)
      throws IOException, InterruptedException {
    URI url = URI.create(server.getString("urls[0]").replaceFirst("turn:", "turn://"));
    Path output = Path.of("target", "turnutils_uclient.log");
    Process client =
        new ProcessBuilder(
                Coturn.installed("turnutils_uclient"),
                "-y",
                "-c",
                "-n",
                "2",
                "-m",
                "2",
                "-p",
                String.valueOf(url.getPort()),
                "-u",
                server.getString("username"),
                "-w",
                credential,
                url.getHost())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("turnutils_uclient ends")
          .isTrue();
      return new Outcome(client.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      client.destroyForcibly();
    }
  }

  private static JsonPath turnServerFor(String peer, int ttl) {
    return given()
        .header("Authorization", "Bearer " + KEYS.token(peer, Map.of("realm", "acme")))
        .get("/ice-servers?ttl=" + ttl)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .setRootPath("iceServers[0]");
  }
}
