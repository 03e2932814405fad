package dev.switchboard.signaling.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.ChangeLog;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.OnlineSession;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.Snapshot;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.socket.Client;
import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PresenceAnnouncerTest.ShortLease.class)
class PresenceAnnouncerTest {

  public static class ShortLease implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "switchboard.auth.mode", "open",
          "switchboard.announce.lease", "1s",
          "switchboard.session.leave-after", "0s");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(RedisTestResource.class));
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Realm REALM = new Realm("default");

  @TestHTTPResource("/")
  URI root;

  @Inject ReactiveRedisDataSource redis;

  @Inject ChangesConfig changes;

  @SuppressWarnings("NullAway.Init") // RedisTestResource fills it in
  RealRedis server;

  @Test
  void whoIsHereStandsInRedisUntilTheyGo() throws InterruptedException {
    try (Client ada = login("ada");
        Client bob = login("bob")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).contains("ada", "bob"));
      ada.drop();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(online()).contains("bob").doesNotContain("ada"));
      bob.send("{\"type\":\"login\",\"name\":\"robert\"}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(online()).contains("robert").doesNotContain("bob"));
    }
  }

  @Test
  void whoHasTwoDevicesIsHereUntilTheLastOneGoes() throws InterruptedException {
    try (Client phone = hello("dora");
        Client laptop = hello("dora")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).contains("dora"));
      laptop.drop();
      awaitNobodyElseNamed("ghost");
      assertThat(online()).contains("dora");
      phone.drop();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).doesNotContain("dora"));
    }
  }

  /** What was told before somebody came and went has been written down. */
  private void awaitNobodyElseNamed(String name) throws InterruptedException {
    Client passer = hello(name);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).contains(name));
    passer.drop();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).doesNotContain(name));
  }

  private Client hello(String name) throws InterruptedException {
    Client client = Client.connect(URI.create("ws://" + root.getAuthority() + "/v1/signal"));
    client.send("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
    assertThat(client.next()).contains("welcome");
    return client;
  }

  @Test
  void anEmptyRedisIsFilledAgainAndCallsGoOnWithoutIt() throws InterruptedException {
    try (Client eve = login("eve")) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(online()).contains("eve"));
      server.stop();
      try (Client mallory = login("mallory")) {
        eve.send("{\"type\":\"offer\",\"offer\":0,\"name\":\"mallory\"}");
        assertThat(mallory.next()).contains("\"name\":\"eve\"");
        server.resume();
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(online()).contains("eve", "mallory"));
      }
    }
  }

  @Test
  void eachChangeIsTold() throws InterruptedException {
    List<String> hints = new CopyOnWriteArrayList<>();
    redis.pubsub(String.class).subscribe("switchboard.presence").subscribe().with(hints::add);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          // Until the subscription stands nothing arrives, so somebody new comes each time.
          login("guest").drop();
          assertThat(hints).contains("{\"v\":2,\"realm\":\"default\"}");
        });
  }

  private Client login(String name) throws InterruptedException {
    Client client = Client.connect(URI.create("ws://" + root.getAuthority() + "/"));
    // A name that was just dropped may take a moment to be free.
    await()
        .atMost(PATIENCE)
        .until(() -> {
          client.send("{\"type\":\"login\",\"name\":\"" + name + "\"}");
          return client.next().contains("true");
        });
    return client;
  }

  private List<String> online() {
    Snapshot snapshot =
        new ChangeLog(redis.getRedis(), new Patience(Duration.ofSeconds(2)), changes)
            .snapshot(REALM)
            .await()
            .atMost(PATIENCE);
    return snapshot.sessions().stream().map(OnlineSession::peer).toList();
  }
}
