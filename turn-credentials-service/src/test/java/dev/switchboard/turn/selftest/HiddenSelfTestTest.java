package dev.switchboard.turn.selftest;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HiddenSelfTestTest.Unconfigured.class)
class HiddenSelfTestTest {

  public static class Unconfigured implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("switchboard.auth.mode", "open", "switchboard.stun.enabled", "false");
    }
  }

  @Test
  void unlessItIsConfiguredItIsNotThereEvenInOpenMode() {
    given().get("/stun/self-test").then().statusCode(404);
    given().header("Authorization", "Bearer any").get("/stun/self-test").then().statusCode(404);
  }
}
