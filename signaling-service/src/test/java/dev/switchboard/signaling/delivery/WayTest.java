package dev.switchboard.signaling.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.Pipeline;
import dev.switchboard.signaling.SharedRedis;
import dev.switchboard.testing.RealRedis;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes together, and what becomes of it. Nobody listens: each letter comes back. */
@SuppressWarnings("NullAway.Init") // set before each test
class WayTest {

  private static final int LETTERS = 1000;

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> back = new ConcurrentLinkedQueue<>();
  private RealRedis redis;
  private Redis client;

  @BeforeEach
  void start() {
    redis = RealRedis.start();
    client = Redis.createClient(vertx, redis.url());
  }

  @AfterEach
  void stop() {
    client.close();
    vertx.closeAndAwait();
    redis.close();
  }

  @Test
  void whatWaitsGoesTogetherAndEachLetterComesBackOnce() {
    Way way = way(SharedRedis.PATIENCE);

    for (int i = 0; i < LETTERS; i++) {
      post(way, i, "x");
    }

    await().atMost(SharedRedis.PATIENCE).until(() -> back.size() >= LETTERS);
    assertThat(back).hasSize(LETTERS).doesNotHaveDuplicates().allMatch(it -> it.endsWith("GONE"));
    assertThat(published()).isLessThan(LETTERS / 2);
  }

  @Test
  void whatAnEventLoopSendsInOneTurnGoesTogether() {
    Way way = way(SharedRedis.PATIENCE);

    vertx.runOnContext(() -> {
      for (int i = 0; i < LETTERS; i++) {
        post(way, i, "x");
      }
    });

    await().atMost(SharedRedis.PATIENCE).until(() -> back.size() >= LETTERS);
    assertThat(back).hasSize(LETTERS).doesNotHaveDuplicates().allMatch(it -> it.endsWith("GONE"));
    assertThat(published()).isEqualTo(1);
  }

  @Test
  void longLettersGoInSeveralMails() {
    Way way = way(SharedRedis.PATIENCE);
    String letter = "x".repeat(200 * 1024);

    for (int i = 0; i < 20; i++) {
      post(way, i, letter);
    }

    await().atMost(SharedRedis.PATIENCE).until(() -> back.size() >= 20);
    assertThat(back).doesNotHaveDuplicates();
    assertThat(published()).isEqualTo(20);
  }

  @Test
  void lettersComeBackWhileRedisHangsAndGoOnceItDoesNot() {
    Way way = way(Duration.ofMillis(500));
    redis.freeze();
    for (int i = 0; i < LETTERS; i++) {
      post(way, i, "x");
    }
    await().atMost(SharedRedis.PATIENCE).until(() -> back.size() >= LETTERS);
    assertThat(back)
        .hasSize(LETTERS)
        .doesNotHaveDuplicates()
        .allMatch(it -> it.endsWith("UNREACHABLE"));
    back.clear();
    redis.thaw();

    await()
        .atMost(SharedRedis.PATIENCE)
        .until(() -> {
          post(way, -1, "x");
          return back.stream().anyMatch(it -> it.endsWith("GONE"));
        });
  }

  private Way way(Duration timeout) {
    return new Way("switchboard:node:nobody", new Pipeline(client, timeout, 2));
  }

  private void post(Way way, int number, String letter) {
    way.post(letter, why -> back.add(number + " " + why));
  }

  private long published() {
    String stats =
        client
            .send(Request.cmd(Command.INFO).arg("commandstats"))
            .await()
            .atMost(SharedRedis.PATIENCE)
            .toString();
    return Long.parseLong(stats.replaceAll("(?s).*cmdstat_spublish:calls=(\\d+).*", "$1"));
  }
}
