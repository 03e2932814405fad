package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.RealRedis;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LateRedis.class)
class StartWithoutRedisTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Ears ears;
  private final MutinyEmitter<Object> mouth;
  private final HealthReporter health;

  @SuppressWarnings("NullAway.Init") // the test resource sets it
  RealRedis server;

  @Inject
  StartWithoutRedisTest(
      Ears ears,
      @Channel("test-out") MutinyEmitter<Object> mouth,
      @Connector(RedisConnector.NAME) HealthReporter health) {
    this.ears = ears;
    this.mouth = mouth;
    this.health = health;
  }

  @Test
  void itStartsIsNotReadyAndHealsWhenRedisComes() {
    assertThat(health.getLiveness().isOk()).isTrue();
    assertThat(health.getReadiness().isOk()).isFalse();
    assertThat(health.getReadiness().getChannels())
        .anyMatch(channel -> channel.getMessage().equals("waiting for Redis"));

    server.resume();

    await().atMost(SOON).until(() -> health.getReadiness().isOk());
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(ears.gaps()).contains(new Gap("test-in", Gap.Cause.STARTED)));
    mouth.sendAndAwait("hello");
    await().atMost(SOON).untilAsserted(() -> assertThat(ears.heard()).contains("hello"));
  }
}
