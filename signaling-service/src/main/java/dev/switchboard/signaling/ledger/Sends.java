package dev.switchboard.signaling.ledger;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.signaling.ledger.Ledger.Answer;
import dev.switchboard.signaling.protocol.Event;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one realm send. It waits for what Redis has to do for the realm, and for the
 * end of the event loop's turn, and then all that wait go as one script. That costs Redis half of
 * what a script for each would, because much of that is the price of beginning.
 *
 * <p>Bounded: when too many wait, a further one fails at once. Never blocks; safe from any thread.
 */
final class Sends {

  /** How many go together: Redis does nothing else meanwhile. */
  private static final int TOGETHER = 64;

  private final int bound;
  private final Function<Supplier<List<String>>, Uni<Reply>> script;

  /** What goes next, or null if nothing waits. */
  private @Nullable List<Send> open;

  private int waiting;

  /**
   * @param bound how many may wait, those that Redis has included
   * @param script runs the script with arguments that are asked for at the moment of sending
   */
  Sends(int bound, Function<Supplier<List<String>>, Uni<Reply>> script) {
    this.bound = bound;
    this.script = script;
  }

  /**
   * Sends it.
   *
   * @param arguments of one command, as the script has them
   */
  Uni<Answer> send(List<String> arguments, Event said) {
    return Uni.createFrom().emitter(emitter -> enter(new Send(arguments, said, emitter)));
  }

  private void enter(Send send) {
    @Nullable List<Send> begun = null;
    synchronized (this) {
      if (waiting >= bound) {
        send.emitter.fail(RedisGoneException.notDone("too much waits for Redis"));
        return;
      }
      waiting++;
      if (open == null || open.size() == TOGETHER) {
        open = new ArrayList<>();
        begun = open;
      }
      open.add(send);
    }
    if (begun != null) {
      go(begun);
    }
  }

  /** What is sent from now on comes after what is asked of Redis next. */
  synchronized void close() {
    open = null;
  }

  private void go(List<Send> together) {
    script
        .apply(() -> arguments(together))
        .subscribe()
        .with(reply -> answered(together, reply), failure -> failed(together, failure));
  }

  private synchronized List<String> arguments(List<Send> together) {
    closeIf(together);
    List<String> arguments = new ArrayList<>();
    together.forEach(send -> arguments.addAll(send.arguments));
    return arguments;
  }

  @SuppressWarnings("ReferenceEquality") // The very list, not one like it.
  private void closeIf(List<Send> together) {
    if (open == together) {
      open = null;
    }
  }

  private void answered(List<Send> together, Reply reply) {
    end(together);
    for (int i = 0; i < together.size(); i++) {
      Send send = together.get(i);
      try {
        send.emitter.complete(reply.answer(i, send.said));
      } catch (RuntimeException e) {
        send.emitter.fail(e);
      }
    }
  }

  private void failed(List<Send> together, Throwable failure) {
    end(together);
    together.forEach(send -> send.emitter.fail(failure));
  }

  private synchronized void end(List<Send> together) {
    closeIf(together);
    waiting -= together.size();
  }

  private record Send(List<String> arguments, Event said, UniEmitter<? super Answer> emitter) {}
}
