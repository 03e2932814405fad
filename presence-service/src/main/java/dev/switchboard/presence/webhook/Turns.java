package dev.switchboard.presence.webhook;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does a step over and over, one at a time and on one thread: when somebody asks, and again at once
 * as long as the step says so. Who asks while one is under way gets another one after it.
 */
final class Turns {

  private final Executor loop;
  private final Supplier<Uni<Boolean>> step;
  private final Consumer<Throwable> failed;
  private boolean running;
  private boolean asked;

  /**
   * @param loop runs one thing at a time, in order
   * @param step whether there is more to do at once
   * @param failed told of a step that failed; the next one is when somebody asks
   */
  Turns(Executor loop, Supplier<Uni<Boolean>> step, Consumer<Throwable> failed) {
    this.loop = loop;
    this.step = step;
    this.failed = failed;
  }

  /** Any thread; returns at once. */
  void ask() {
    loop.execute(this::next);
  }

  private void next() {
    asked = running;
    if (!running) {
      running = true;
      Uni.createFrom()
          .deferred(step::get)
          .emitOn(loop)
          .subscribe()
          .with(
              this::after,
              failure -> {
                failed.accept(failure);
                after(false);
              });
    }
  }

  private void after(boolean more) {
    boolean again = more || asked;
    running = false;
    asked = false;
    if (again) {
      ask();
    }
  }
}
