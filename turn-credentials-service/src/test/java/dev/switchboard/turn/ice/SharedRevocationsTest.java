package dev.switchboard.turn.ice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.bus.BusConfig;
import dev.switchboard.identity.Realm;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import dev.switchboard.testing.TestKeys;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.shared.SharedConfig;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service under test is one pod; another one is built by hand beside it. */
@QuarkusTest
@TestProfile(SharedRevocationsTest.Shared.class)
class SharedRevocationsTest {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final Realm ACME = new Realm("acme");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public static class Shared implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey", KEYS.publicKeyPem(),
          "switchboard.stun.enabled", "false",
          "switchboard.ice.turn-urls", "turn:relay.example",
          "switchboard.turn.secrets", "a-secret-of-the-relay",
          "switchboard.turn.shared.enabled", "true",
          "switchboard.turn.shared.every", "100ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RedisTestResource.class));
    }
  }

  private @Nullable RealRedis redis;

  private final List<Pod> others = new ArrayList<>();

  @Inject RevocationDesk desk;
  @Inject ReactiveRedisDataSource dataSource;
  @Inject SharedConfig config;
  @Inject BusConfig bus;
  @Inject Vertx vertx;

  @AfterEach
  void stopTheOthers() {
    others.forEach(pod -> pod.shared.stop(new ShutdownEvent(), vertx));
  }

  @Test
  void whatOnePodRevokesNoPodIssues() {
    Pod other = new Pod();
    assertThat(status("ada")).isEqualTo(200);

    assertThat(other.revoke("ada")).isEqualTo(Revoked.DONE);
    await().atMost(PATIENCE).until(() -> status("ada") == 403);

    assertThat(revoke("b/eve:1 ü")).isEqualTo(Revoked.DONE);
    await().atMost(PATIENCE).until(() -> other.knows("b/eve:1 ü"));
    assertThat(status("b/eve:1 ü")).isEqualTo(403);
  }

  @Test
  void aRedisThatLostItsDataIsMadeWhole() {
    revoke("carol");
    Objects.requireNonNull(redis).restartEmpty();

    Pod fresh = new Pod();
    await().atMost(PATIENCE).until(() -> fresh.knows("carol"));
  }

  @Test
  void withoutRedisARevocationHoldsHereAndTheOthersHearOfItLater() {
    Pod other = new Pod();
    RealRedis stopped = Objects.requireNonNull(redis);
    stopped.stop();
    try {
      assertThat(revoke("dave")).isEqualTo(Revoked.HERE_ALONE);
      assertThat(status("dave")).isEqualTo(403);
      given().get("/q/health/ready").then().statusCode(200);
    } finally {
      stopped.resume();
    }
    await().atMost(PATIENCE).until(() -> other.knows("dave"));
  }

  @Test
  void aRevocationEndsWhenItShouldAlthoughItIsTold() {
    Pod other = new Pod(Duration.ofSeconds(3));
    other.revoke("frank");
    await().atMost(PATIENCE).until(() -> status("frank") == 403);

    await().atMost(PATIENCE).until(() -> status("frank") == 200 && !other.knows("frank"));
  }

  private Revoked revoke(String peer) {
    return desk.revoke(new Holder(ACME, peer)).await().atMost(PATIENCE);
  }

  private static int status(String peer) {
    return given()
        .header("Authorization", "Bearer " + KEYS.token(peer, Map.of("realm", "acme")))
        .get("/ice-servers")
        .statusCode();
  }

  private final class Pod {

    private final Revocations revocations;
    private final SharedRevocations shared;
    private final RevocationDesk itsDesk;

    Pod() {
      this(Duration.ofDays(1));
    }

    Pod(Duration kept) {
      revocations = new Revocations(kept, Ticker.systemTicker());
      shared = new SharedRevocations(config, revocations, dataSource, bus);
      shared.start(new StartupEvent(), vertx);
      itsDesk = new RevocationDesk(revocations, shared);
      others.add(this);
    }

    Revoked revoke(String peer) {
      return itsDesk.revoke(new Holder(ACME, peer)).await().atMost(PATIENCE);
    }

    boolean knows(String peer) {
      return revocations.isRevoked(new Holder(ACME, peer));
    }
  }
}
