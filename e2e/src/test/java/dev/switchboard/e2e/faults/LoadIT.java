package dev.switchboard.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.client.history.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two pods that nothing happens to: nothing is lost, doubled or out of order between them. */
class LoadIT {

  @Test
  void withoutAFaultAllComesOnceAndInOrder() {
    try (Pods pods = Pods.start(2);
        Load load = Load.on(pods.sockets(), 10, 300)) {
      Verdict verdict = load.runFor(Duration.ofSeconds(5)).judge(Pods.bounds());

      Evidence.assertThatOnly("no fault", verdict, load, pods);
      assertThat(verdict.figures().acknowledged()).as(verdict.toString()).isGreaterThan(1000);
      assertThat(verdict.figures().unknown() + verdict.figures().refused())
          .as(verdict.toString())
          .isZero();
    }
  }
}
