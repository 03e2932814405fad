package dev.switchboard.turn.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PodBucketsTest {

  private static final Policy POLICY = new Policy("caller", 3, Duration.ofSeconds(30));

  private final AtomicLong now = new AtomicLong(-5);
  private final PodBuckets buckets = new PodBuckets(now::get);

  @Test
  void aFullBucketGivesItsLimitAtOnceAndThenOneAnInterval() {
    assertThat(take()).isEqualTo(allowed(2, 10));
    assertThat(take()).isEqualTo(allowed(1, 20));
    assertThat(take()).isEqualTo(allowed(0, 30));
    assertThat(take()).isEqualTo(new Verdict(POLICY, false, 0, Duration.ofSeconds(10)));

    pass(Duration.ofSeconds(10));
    assertThat(take()).isEqualTo(allowed(0, 30));
    assertThat(take().allowed()).isFalse();
  }

  @Test
  void whoIsRefusedLosesNothingByAsking() {
    for (int i = 0; i < 50; i++) {
      take();
    }
    pass(Duration.ofSeconds(9));
    assertThat(take()).isEqualTo(new Verdict(POLICY, false, 0, Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(take().allowed()).isTrue();
  }

  @Test
  void anIdleBucketIsFullAgainAndNoFuller() {
    take();
    pass(Duration.ofHours(5));

    assertThat(take()).isEqualTo(allowed(2, 10));
  }

  @Test
  void bucketsAreSeparate() {
    take();

    assertThat(buckets.takeNow("another", POLICY)).isEqualTo(allowed(2, 10));
  }

  private Verdict take() {
    return buckets.takeNow("one", POLICY);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static Verdict allowed(long remaining, int reset) {
    return new Verdict(POLICY, true, remaining, Duration.ofSeconds(reset));
  }
}
