package dev.switchboard.signaling.socket;

import static dev.switchboard.signaling.socket.Pace.Verdict.FAR_TOO_FAST;
import static dev.switchboard.signaling.socket.Pace.Verdict.IN_TIME;
import static dev.switchboard.signaling.socket.Pace.Verdict.TOO_FAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.socket.Pace.Verdict;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With one frame in 100 ns and a burst of 10. */
class PaceTest {

  private static final Pace.Limit LIMIT = new Pace.Limit(100, 1000);

  /** The clock may start anywhere, below zero and at its very end too. */
  @ParameterizedTest
  @ValueSource(longs = {0, -5_000, Long.MAX_VALUE - 500, Long.MIN_VALUE})
  void aBurstIsInTimeThenABurstIsRefusedAndThenItIsEnough(long start) {
    Pace pace = new Pace(LIMIT, start);

    assertThat(judge(pace, start, 10, 0)).containsOnly(IN_TIME);
    assertThat(judge(pace, start, 10, 0)).containsOnly(TOO_FAST);
    assertThat(pace.judge(start)).isEqualTo(FAR_TOO_FAST);
  }

  @Test
  void aClientThatKeepsThePaceIsNeverRefused() {
    assertThat(judge(new Pace(LIMIT, 0), 0, 10_000, 100)).containsOnly(IN_TIME);
  }

  @Test
  void aClientThatIsALittleTooFastIsRefusedNowAndThenAndNeverClosed() {
    Verdict[] verdicts = judge(new Pace(LIMIT, 0), 0, 10_000, 80);

    assertThat(verdicts).doesNotContain(FAR_TOO_FAST);
    assertThat(verdicts).filteredOn(TOO_FAST::equals).hasSizeBetween(1900, 2000);
  }

  @Test
  void aClientThatIsFarTooFastIsClosedInTheEnd() {
    assertThat(judge(new Pace(LIMIT, 0), 0, 200, 30)).contains(FAR_TOO_FAST);
  }

  @Test
  void silenceFillsTheBucketAndNoMore() {
    Pace pace = new Pace(LIMIT, 0);
    judge(pace, 0, 15, 0);

    assertThat(judge(pace, 1_000_000, 10, 0)).containsOnly(IN_TIME);
    assertThat(pace.judge(1_000_000)).isEqualTo(TOO_FAST);
  }

  @Test
  void withoutALimitEverythingIsInTime() {
    assertThat(judge(new Pace(new Pace.Limit(0, 0), 0), 0, 100_000, 0)).containsOnly(IN_TIME);
  }

  private static Verdict[] judge(Pace pace, long start, int frames, long apart) {
    return LongStream.range(0, frames)
        .mapToObj(i -> pace.judge(start + i * apart))
        .toArray(Verdict[]::new);
  }
}
