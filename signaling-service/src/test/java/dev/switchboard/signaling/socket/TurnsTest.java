package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.signaling.switchboard.Switchboard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final List<UniEmitter<? super Void>> ends =
      Collections.synchronizedList(new ArrayList<>());
  private final Turns turns = new Turns(vertx.getOrCreateContext(), 10, failures::add);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatEndsAtOnceMakesNobodyWait() {
    assertThat(turns.take(100, atOnce("a"))).isTrue();
    assertThat(turns.take(100, atOnce("b"))).isTrue();

    assertThat(begun).containsExactly("a", "b");
  }

  @Test
  void eachBeginsWhenTheOneBeforeHasEnded() {
    turns.take(1, slow("a"));
    turns.take(1, slow("b"));
    turns.take(1, atOnce("c"));
    assertThat(begun).containsExactly("a");

    ends.getFirst().complete(null);
    await().atMost(SOON).until(() -> ends.size() == 2);
    assertThat(begun).containsExactly("a", "b");

    ends.getLast().complete(null);
    await().atMost(SOON).until(() -> begun.size() == 3);
    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void oneThatFailsIsToldOfAndHoldsUpNobody() {
    turns.take(1, slow("a"));
    turns.take(
        1,
        () -> {
          throw new IllegalStateException("b");
        });
    turns.take(1, atOnce("c"));

    ends.getFirst().fail(new IllegalStateException("a"));

    await().atMost(SOON).until(() -> begun.size() == 2);
    assertThat(failures).extracting(Throwable::getMessage).containsExactly("a", "b");
  }

  @Test
  void onceTooMuchWaitsNothingIsTakenButTheLast() {
    turns.take(100, slow("a"));
    assertThat(turns.take(6, atOnce("b"))).isTrue();
    assertThat(turns.take(6, atOnce("c"))).isFalse();
    assertThat(turns.take(1, atOnce("d"))).isFalse();
    turns.takeLast(atOnce("end"));

    ends.getFirst().complete(null);

    await().atMost(SOON).until(() -> begun.size() == 3);
    assertThat(begun).containsExactly("a", "b", "end");
  }

  private Supplier<Uni<Void>> atOnce(String name) {
    return () -> {
      begun.add(name);
      return Switchboard.DONE;
    };
  }

  private Supplier<Uni<Void>> slow(String name) {
    return () -> {
      begun.add(name);
      return Uni.createFrom().emitter(ends::add);
    };
  }
}
