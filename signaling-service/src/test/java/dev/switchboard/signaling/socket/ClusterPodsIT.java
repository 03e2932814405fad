package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.testing.RealRedisCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two pods, as they are packaged, on a Redis Cluster of three masters. */
@SuppressWarnings("NullAway.Init") // set before the first test
class ClusterPodsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private static RealRedisCluster redis;
  private static Pod one;
  private static Pod two;

  @BeforeAll
  static void start() {
    redis = RealRedisCluster.start();
    one = pod();
    two = pod();
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    redis.close();
  }

  private static Pod pod() {
    Pod pod =
        Pod.start(
            Map.of(
                "switchboard.auth.mode", "open",
                "switchboard.state", "redis",
                "switchboard.state.lease", "3s",
                "quarkus.redis.client-type", "cluster",
                "quarkus.redis.hosts", String.join(",", redis.urls())));
    // It lets nobody in before it has a lease.
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> Client.connect(pod.socket("/")).close());
    return pod;
  }

  @Test
  void aCallGoesFromPodToPod() throws InterruptedException {
    Transcript.read("/transcripts/call/a-call-from-login-to-leave.txt")
        .play(who -> (who.equals("ada") ? one : two).socket("/"));
  }

  @Test
  void aRoomIsInBothPods() throws InterruptedException {
    Transcript.read("/transcripts/rooms/a-room-of-two.txt")
        .play(who -> (who.equals("ada") ? one : two).socket("/rooms"));
  }

  @Test
  void whatPodsSayStaysClean() {
    assertThat(List.of(one, two))
        .allSatisfy(pod ->
            assertThat(pod.lines())
                .noneMatch(line -> line.contains("ERROR") || line.contains("CROSSSLOT")));
  }
}
