package dev.switchboard.turn.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.identity.Realm;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import dev.switchboard.testing.TestKeys;
import dev.switchboard.turn.credential.Credential;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AuditTest.Told.class)
class AuditTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final CredentialIssued EVENT =
      new CredentialIssued(NOW, new Realm("acme"), "ada", Optional.empty(), NOW.plusSeconds(60));
  private static final Credential CREDENTIAL =
      new Credential("1800000060:acme/ada", "what-opens-the-door", NOW.plusSeconds(60));
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public static class Told implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
          Map.entry("switchboard.stun.enabled", "false"),
          Map.entry("switchboard.ice.turn-urls", "turn:relay.example"),
          Map.entry("switchboard.turn.secrets", "a-secret-of-the-relay"),
          Map.entry("switchboard.audit.enabled", "true"),
          // Redis is made to pause: it must not count as gone for that.
          Map.entry("switchboard.bus.timeout", "30s"),
          Map.entry("switchboard.shapes.enabled", "turn-rest"),
          // printf %s a-key-of-the-shop | sha256sum
          Map.entry(
              "switchboard.api-keys.shop.hash",
              "4870db2ecb00a53967cb9efe59d344694b135f45b9931cd2495df1221ed05431"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RedisTestResource.class));
    }
  }

  private @Nullable RealRedis redis;

  @Inject Audit audit;
  @Inject RedisDataSource dataSource;
  @Inject MeterRegistry metrics;

  @Test
  void eachIssueIsOneEventWithoutTheCredential() {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    PubSubCommands.RedisSubscriber ears =
        dataSource.pubsub(String.class).subscribe("switchboard.turn.issued", heard::add);
    try {
      ask().statusCode(200);
      given().get("/turn?service=turn&username=bob&key=a-key-of-the-shop").then().statusCode(200);
      given().get("/ice-servers").then().statusCode(401);

      await().atMost(PATIENCE).until(() -> heard.size() == 2);
      assertThat(heard)
          .containsExactly(
              "{\"v\":1,\"at\":\"2027-01-15T08:00:00Z\",\"realm\":\"acme\",\"peer\":\"ada\","
                  + "\"expiresAt\":\"2027-01-15T09:00:00Z\"}",
              "{\"v\":1,\"at\":\"2027-01-15T08:00:00Z\",\"realm\":\"default\",\"peer\":\"bob\","
                  + "\"backend\":\"shop\",\"expiresAt\":\"2027-01-15T09:00:00Z\"}");
    } finally {
      ears.unsubscribe();
    }
  }

  @Test
  void whatIsTooMuchForRedisIsDroppedAndCountedAndTheRestArrives() {
    int events = 3_000;
    double before = dropped();
    AtomicInteger heard = new AtomicInteger();
    PubSubCommands.RedisSubscriber ears =
        dataSource
            .pubsub(String.class)
            .subscribe("switchboard.turn.issued", _ -> heard.incrementAndGet());
    try {
      dataSource.execute("CLIENT", "PAUSE", "3000", "ALL");
      for (int i = 0; i < events; i++) {
        audit.record(EVENT, CREDENTIAL);
      }
      await().atMost(PATIENCE).until(() -> heard.get() + dropped() - before >= events);

      assertThat(heard).hasValueGreaterThanOrEqualTo(1024);
      assertThat(dropped() - before).isPositive();
    } finally {
      ears.unsubscribe();
    }
  }

  @Test
  void whatReachesNobodyIsCountedAndNobodyWaits() {
    RealRedis stopped = Objects.requireNonNull(redis);
    double before = dropped();
    stopped.stop();
    try {
      for (int i = 0; i < 5; i++) {
        ask().statusCode(200);
      }
      await().atMost(PATIENCE).until(() -> dropped() == before + 5);
      given().get("/q/health/ready").then().statusCode(200);
    } finally {
      stopped.resume();
    }
  }

  private double dropped() {
    return metrics.get("switchboard.audit.dropped").counter().count();
  }

  private static ValidatableResponse ask() {
    return given()
        .header("Authorization", "Bearer " + KEYS.token("ada", Map.of("realm", "acme")))
        .get("/ice-servers")
        .then();
  }
}
