package dev.switchboard.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One story, because when keys were last asked for is part of it. */
@QuarkusTest
@TestProfile(RotationTest.Addressed.class)
@WithTestResource(IssuerResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class RotationTest {

  /** Without an address at build time Quarkus makes up a key of its own for tests. */
  public static class Addressed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey.location", "${issuer.address:http://127.0.0.1/}",
          "mp.jwt.verify.publickey.algorithm", "RS256,ES256,EDDSA");
    }
  }

  private static final int FLOOD = 200;

  Issuer issuer;

  @Test
  void keysRotateWithoutARestart() {
    issuer.isDown(true);
    whoami(issuer.token("rsa-old", "ada"))
        .statusCode(503)
        .header("Retry-After", "5")
        .contentType("application/problem+json");

    issuer.publish("rsa-old", "ec", "ed");
    issuer.isDown(false);
    whoami(issuer.token("rsa-old", "ada")).statusCode(200);
    whoami(issuer.token("ec", "ada")).statusCode(200);
    whoami(issuer.token("ed", "ada")).statusCode(200);
    whoami(issuer.token("never-published", "ec", "ada")).statusCode(401);
    whoami(issuer.token("never-published", "rsa-old", "ada")).statusCode(401);

    // Keys that are younger than 300 ms are not asked for again.
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    issuer.publish("rsa-new", "ec", "ed");
    whoami(issuer.token("rsa-new", "ada")).statusCode(200);
    whoami(issuer.token("rsa-old", "ada")).statusCode(401);
    whoami(issuer.token("ec", "ada")).statusCode(200);

    int before = issuer.asked();
    for (int i = 0; i < FLOOD; i++) {
      whoami(issuer.token("never-published", "nobody-" + i, "ada")).statusCode(401);
    }
    whoami(issuer.token("rsa-new", "ada")).statusCode(200);
    // At most once a minute, and the flood does not last so long; the slack is for a slow machine.
    assertThat(issuer.asked() - before).isLessThanOrEqualTo(1);
  }

  private static ValidatableResponse whoami(String token) {
    return given().header("Authorization", "Bearer " + token).get("/whoami").then();
  }
}
