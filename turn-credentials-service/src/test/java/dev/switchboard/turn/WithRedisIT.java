package dev.switchboard.turn;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import dev.switchboard.testing.TestKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.runtime.datasource.BlockingRedisDataSourceImpl;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service with all that it shares through Redis: quotas, secrets, audit events. */
@QuarkusIntegrationTest
@TestProfile(WithRedisIT.Sharing.class)
@WithTestResource(RedisTestResource.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WithRedisIT {

  private static final TestKeys KEYS = TestKeys.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public static class Sharing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mp.jwt.verify.publickey", KEYS.publicKeyPem()),
          Map.entry("switchboard.stun.enabled", "false"),
          Map.entry("switchboard.ice.turn-urls", "turn:relay.example"),
          Map.entry("switchboard.relay.probe.enabled", "false"),
          Map.entry("switchboard.turn.secrets", "a-secret-of-the-relay"),
          Map.entry("switchboard.turn.shared.enabled", "true"),
          Map.entry("switchboard.quota.caller.limit", "2"),
          Map.entry("switchboard.quota.caller.window", "1h"),
          Map.entry("switchboard.quota.patience", "20s"),
          Map.entry("switchboard.audit.enabled", "true"),
          Map.entry("switchboard.turn.userdb.enabled", "true"),
          Map.entry("switchboard.turn.userdb.realms", "relay.example"));
    }
  }

  RealRedis server;

  private Vertx vertx;
  private RedisDataSource redis;

  @BeforeEach
  void connect() {
    vertx = Vertx.vertx();
    Redis client = Redis.createClient(vertx, server.url());
    redis = new BlockingRedisDataSourceImpl(vertx, client, RedisAPI.api(client), PATIENCE);
  }

  @AfterEach
  void disconnect() {
    vertx.closeAndAwait();
  }

  @Test
  void aQuotaIsCountedThere() {
    ask("ada").statusCode(200);
    ask("ada").statusCode(200);
    ask("ada").statusCode(429).header("Retry-After", notNullValue());

    ask("bob").statusCode(200);
    assertThat(server.keys("switchboard:{acme}:quota:caller:*")).isNotEmpty();
  }

  @Test
  void whatIsIssuedIsToldThere() {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    redis.pubsub(String.class).subscribe("switchboard.turn.issued", heard::add);

    ask("eve").statusCode(200);

    await().atMost(PATIENCE).until(() -> !heard.isEmpty());
    assertThat(heard).allMatch(event -> event.contains("\"peer\":\"eve\""));
  }

  @Test
  void coturnFindsItsSecretsThere() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            redis
                .set(String.class)
                .sismember("turn/realm/relay.example/secret", "a-secret-of-the-relay"));
  }

  private static ValidatableResponse ask(String peer) {
    return given()
        .header("Authorization", "Bearer " + KEYS.token(peer, Map.of("realm", "acme")))
        .get("/ice-servers")
        .then();
  }
}
