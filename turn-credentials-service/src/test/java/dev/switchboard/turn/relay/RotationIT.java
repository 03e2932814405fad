package dev.switchboard.turn.relay;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.turn.Coturn;
import dev.switchboard.turn.credential.Credential;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A rotation as it happens: a real coturn that has no secret of its own reads them from Redis,
 * where the service writes them. Only the service's clock is put forward.
 */
@QuarkusTest
@TestProfile(RotationIT.Rotation.class)
class RotationIT {

  private static final String OLD = "the-secret-of-this-quarter";
  private static final String NEW = "the-secret-of-next-quarter";
  private static final String OTHER = "a-secret-of-another-realm";
  private static final String KEY = "turn/realm/" + Coturn.REALM + "/secret";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public static class Rotation implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(TurningClock.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RotatingRelay.class));
    }
  }

  /** coturn with its user database in a Redis. */
  public static class RotatingRelay implements QuarkusTestResourceLifecycleManager {

    private @Nullable RealRedis redis;
    private @Nullable Coturn coturn;

    @Override
    public Map<String, String> start() {
      RealRedis database = RealRedis.start();
      redis = database;
      Coturn relay =
          Coturn.start(
              "--redis-userdb=ip=127.0.0.1 dbname=2 connect_timeout=5 port="
                  + URI.create(database.url()).getPort());
      coturn = relay;
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      return Map.ofEntries(
          Map.entry("switchboard.auth.mode", "open"),
          Map.entry("switchboard.stun.enabled", "false"),
          Map.entry(
              "switchboard.ice.turn-urls", "turn:127.0.0.1:" + relay.port() + "?transport=udp"),
          Map.entry("switchboard.turn.secrets.old.value", OLD),
          Map.entry("switchboard.turn.secrets.old.not-after", now.plusSeconds(7200).toString()),
          Map.entry("switchboard.turn.secrets.new.value", NEW),
          Map.entry("switchboard.turn.secrets.new.not-before", now.plusSeconds(3600).toString()),
          Map.entry("switchboard.turn.userdb.enabled", "true"),
          Map.entry("switchboard.turn.userdb.realms", Coturn.REALM),
          Map.entry("switchboard.turn.userdb.every", "100ms"),
          Map.entry("quarkus.redis.coturn.hosts", database.url() + "/2"));
    }

    @Override
    public void stop() {
      if (coturn != null) {
        coturn.close();
      }
      if (redis != null) {
        redis.close();
      }
    }
  }

  @Inject TurningClock clock;

  @Inject
  @RedisClientName("coturn")
  RedisDataSource database;

  @Test
  void aRotationNeedsNoRestartAndDropsNobody() throws Exception {
    awaitSecrets(OLD, NEW);
    Credential first = issued();
    assertThat(first.password()).isEqualTo(sign(OLD, first.username()));

    try (Wire wire = wire()) {
      TurnDialogue running = new TurnDialogue(wire, first);
      running.allocate();

      clock.putForward(Duration.ofMinutes(61));
      Credential second = issued();
      assertThat(second.password()).isEqualTo(sign(NEW, second.username()));
      assertAccepted(second);
      assertAccepted(first);
      running.refresh(Duration.ofMinutes(10));

      clock.putForward(Duration.ofMinutes(61));
      awaitSecrets(NEW);
      assertRefused(first);
      assertAccepted(second);
      assertAccepted(issued());
      running.refresh(Duration.ofMinutes(10));
    }
  }

  @Test
  void aSecretOfAnotherRealmOpensNothing() {
    database.set(String.class).sadd("turn/realm/other.test/secret", OTHER);
    String username = Instant.now().plusSeconds(600).getEpochSecond() + ":default/ada";

    assertRefused(new Credential(username, sign(OTHER, username), Instant.MAX));
  }

  private void awaitSecrets(String... secrets) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(database.set(String.class).smembers(KEY))
                .containsExactlyInAnyOrder(secrets));
  }

  private static void assertAccepted(Credential credential) throws IOException {
    try (Wire wire = wire()) {
      TurnDialogue dialogue = new TurnDialogue(wire, credential);
      dialogue.allocate();
      dialogue.refresh(Duration.ZERO);
    }
  }

  private static void assertRefused(Credential credential) {
    assertThatThrownBy(() -> assertAccepted(credential))
        .isInstanceOf(IOException.class)
        .hasMessage("Allocate was refused with 401");
  }

  private static Wire wire() throws IOException {
    URI url = URI.create(server().getString("urls[0]").replaceFirst("turn:", "turn://"));
    InetSocketAddress relay =
        new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort());
    return UdpWire.open(relay, Deadline.in(PATIENCE));
  }

  private static Credential issued() {
    JsonPath server = server();
    return new Credential(
        server.getString("username"), server.getString("credential"), Instant.MAX);
  }

  private static JsonPath server() {
    return given()
        .get("/ice-servers")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .setRootPath("iceServers[0]");
  }

  private static String sign(String secret, String username) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
