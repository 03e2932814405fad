package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.protocol.SessionId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GraceTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofHours(1);

  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final Grace grace = new Grace(VERTX);
  private final SessionId ada = SessionId.fresh();

  @AfterAll
  static void close() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whoDoesNotComeBackIsGoneWhenItIsOver() throws InterruptedException {
    grace.give(ada, SHORT, () -> ended.add("ada"));
    assertThat(next()).isEqualTo("ada");
  }

  @Test
  void whoComesBackIsNot() throws InterruptedException {
    grace.give(ada, SHORT, () -> ended.add("ada"));
    grace.end(ada);
    assertNothingButTheLater();
  }

  @Test
  void whoComesBackAndGoesAgainHasAllOfItAgain() throws InterruptedException {
    grace.give(ada, SHORT, () -> ended.add("ada, too early"));
    grace.end(ada);
    grace.give(ada, LONG, () -> ended.add("ada"));
    assertNothingButTheLater();
  }

  @Test
  void theLastToGoCounts() throws InterruptedException {
    grace.give(ada, SHORT, () -> ended.add("ada, too early"));
    grace.give(ada, LONG, () -> ended.add("ada"));
    assertNothingButTheLater();
  }

  /** Timers end in order: what was to come before this one has come. */
  private void assertNothingButTheLater() throws InterruptedException {
    grace.give(SessionId.fresh(), SHORT.multipliedBy(4), () -> ended.add("the later"));
    assertThat(next()).isEqualTo("the later");
  }

  private String next() throws InterruptedException {
    String first = ended.poll(20, TimeUnit.SECONDS);
    return first == null ? "nothing" : first;
  }
}
