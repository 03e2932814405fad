package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.RealRedis;
import dev.switchboard.testing.RedisTestResource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RedisTestResource.class)
class RedisConnectorTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Ears ears;
  private final MutinyEmitter<Object> mouth;
  private final ReactiveRedisDataSource redis;
  private final HealthReporter health;

  @SuppressWarnings("NullAway.Init") // the test resource sets it
  RealRedis server;

  @Inject
  RedisConnectorTest(
      Ears ears,
      @Channel("test-out") MutinyEmitter<Object> mouth,
      ReactiveRedisDataSource redis,
      @Connector(RedisConnector.NAME) HealthReporter health) {
    this.ears = ears;
    this.mouth = mouth;
    this.redis = redis;
    this.health = health;
  }

  @BeforeEach
  void everythingIsSubscribed() {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(health.getReadiness().getChannels())
                .filteredOn(channel -> !channel.getChannel().equals("test-out"))
                .extracting(HealthReport.ChannelInfo::getMessage)
                .containsOnly("subscribed"));
    ears.heard().clear();
    ears.gaps().clear();
  }

  @Test
  void messagesArriveInTheOrderInWhichTheyWereSent() {
    List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
    sent.forEach(message -> mouth.send(message).subscribe().with(done -> {}));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ears.heard()).containsExactlyElementsOf(sent));
  }

  @Test
  void whatIsNoTextAndNoBytesIsWrittenAsJson() {
    mouth.sendAndAwait(Map.of("v", 1));
    await().atMost(SOON).untilAsserted(() -> assertThat(ears.heard()).containsExactly("{\"v\":1}"));
  }

  @Test
  void afterARestartOfRedisItSubscribesAgainAndTellsOfTheGap() {
    server.restartEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(ears.gaps()).contains(new Gap("test-in", Gap.Cause.RESUBSCRIBED)));
    mouth.sendAndAwait("after");
    await().atMost(SOON).untilAsserted(() -> assertThat(ears.heard()).contains("after"));
  }

  @Test
  void anOutageIsSeenInTheHealthDataButThePodStaysReady() {
    server.stop();
    try {
      await().atMost(SOON).until(() -> !states().contains("subscribed"));
      HealthReport readiness = health.getReadiness();
      assertThat(readiness.isOk()).isTrue();
      assertThat(health.getLiveness().isOk()).isTrue();
      assertThat(states()).contains("Redis is gone, subscribing again");
    } finally {
      server.resume();
    }
  }

  @Test
  void whatIsPublishedDuringAnOutageIsRefusedAndTheNextIsNot() {
    server.stop();
    try {
      assertThatThrownBy(() -> mouth.sendAndAwait("lost")).isInstanceOf(RedisGoneException.class);
      assertThat(states()).contains("Redis is gone");
    } finally {
      server.resume();
    }
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          mouth.sendAndAwait("found");
          assertThat(ears.heard()).contains("found").doesNotContain("lost");
        });
    assertThat(states()).contains("publishing");
  }

  @Test
  void aRedisThatIsSilentCountsAsGone() {
    redis.execute("CLIENT", "PAUSE", "4000", "ALL").await().atMost(SOON);
    await().atMost(SOON).until(() -> states().contains("Redis is gone, subscribing again"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(ears.gaps()).contains(new Gap("test-in", Gap.Cause.RESUBSCRIBED)));
  }

  @Test
  void aSubscriptionThatIsQuietIsNotTakenForDead() {
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ears.gaps()).isEmpty());
    assertThat(states()).contains("subscribed");
  }

  @Test
  void whoReadsTooSlowlyLosesMessagesAndIsToldSo() {
    for (int i = 0; i < 50; i++) {
      redis.pubsub(String.class).publish("slow", "message " + i).await().atMost(SOON);
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          Runnable release = ears.slow().poll();
          if (release != null) {
            release.run();
          }
          assertThat(ears.gaps()).contains(new Gap("slow", Gap.Cause.OVERFLOWED));
        });
  }

  private List<String> states() {
    return health.getReadiness().getChannels().stream()
        .map(HealthReport.ChannelInfo::getMessage)
        .toList();
  }
}
