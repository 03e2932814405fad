package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaTest {

  @Test
  void thereAreNoMoreThanTheBound() {
    Quota<String> quota = new Quota<>(2);

    assertThat(quota.take("ada")).isTrue();
    assertThat(quota.take("ada")).isTrue();
    assertThat(quota.take("ada")).isFalse();
    assertThat(quota.take("bob")).isTrue();
    quota.giveBack("ada");
    assertThat(quota.take("ada")).isTrue();
  }

  @Test
  void whoHasNothingIsForgotten() {
    Quota<Integer> quota = new Quota<>(3);
    IntStream.range(0, 30_000).forEach(i -> quota.take(i % 10_000));
    assertThat(quota.holders()).isEqualTo(10_000);

    IntStream.range(0, 10_000).forEach(i -> assertThat(quota.take(i)).isFalse());
    IntStream.range(0, 30_000).forEach(i -> quota.giveBack(i % 10_000));
    assertThat(quota.holders()).isZero();
  }

  @Test
  void aRaceTakesNoMoreThanTheBoundAndLeavesNothingBehind() throws Exception {
    Quota<Integer> quota = new Quota<>(5);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Boolean> comeAndGo =
          () -> {
            for (int i = 0; i < 10_000; i++) {
              int holder = ThreadLocalRandom.current().nextInt(3);
              if (quota.take(holder)) {
                quota.giveBack(holder);
              }
            }
            return true;
          };
      for (Future<Boolean> done : threads.invokeAll(List.of(comeAndGo, comeAndGo, comeAndGo))) {
        assertThat(done.get()).isTrue();
      }
      assertThat(quota.holders()).isZero();

      List<Callable<Boolean>> hundred =
          IntStream.range(0, 100).<Callable<Boolean>>mapToObj(_ -> () -> quota.take(7)).toList();
      long taken = 0;
      for (Future<Boolean> one : threads.invokeAll(hundred)) {
        taken += one.get() ? 1 : 0;
      }
      assertThat(taken).isBetween(1L, 5L);
    }
  }
}
