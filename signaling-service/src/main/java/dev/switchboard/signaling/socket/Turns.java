package dev.switchboard.signaling.socket;

import dev.switchboard.signaling.switchboard.Switchboard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection, one after the other: each begins when the one before has ended, on
 * the connection's event loop. WebSockets Next has such an order too, but its queue has no bound,
 * and takes a kilobyte of every connection that waits for nothing.
 */
final class Turns {

  private final Context loop;
  private final long bound;
  private final Consumer<Throwable> failed;
  private @Nullable Queue<Turn> waiting;
  private long size;
  private boolean busy;
  private boolean overrun;

  /**
   * @param loop where turns begin
   * @param bound how much may wait, in characters or bytes
   * @param failed told of a turn that failed, on any thread; the next one begins all the same
   */
  Turns(Context loop, long bound, Consumer<Throwable> failed) {
    this.loop = loop;
    this.bound = bound;
    this.failed = failed;
  }

  /**
   * Begins it now, or when those before have ended. Called on the event loop.
   *
   * @param size how much is kept while it waits
   * @return false if too much waits: it never begins, nor does any later one
   */
  boolean take(int size, Supplier<Uni<Void>> work) {
    synchronized (this) {
      overrun |= waiting != null && this.size + size > bound;
      if (overrun) {
        return false;
      }
      if (busy) {
        enqueue(size, work);
        return true;
      }
      busy = true;
    }
    begin(work);
    return true;
  }

  /** The same for what has to be done in any case. */
  void takeLast(Supplier<Uni<Void>> work) {
    synchronized (this) {
      overrun = true;
      if (busy) {
        enqueue(0, work);
        return;
      }
      busy = true;
    }
    begin(work);
  }

  private void enqueue(int size, Supplier<Uni<Void>> work) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(new Turn(size, work));
    this.size += size;
  }

  private void begin(Supplier<Uni<Void>> work) {
    Uni<Void> turn;
    try {
      turn = work.get();
    } catch (RuntimeException e) {
      turn = Uni.createFrom().failure(e);
    }
    if (Switchboard.isDone(turn)) {
      end();
    } else {
      turn.subscribe().with(_ -> end(), this::fail);
    }
  }

  private void fail(Throwable failure) {
    failed.accept(failure);
    end();
  }

  private void end() {
    @Nullable Turn next = next();
    if (next != null) {
      loop.runOnContext(_ -> begin(next.work));
    }
  }

  private synchronized @Nullable Turn next() {
    @Nullable Turn next = waiting == null ? null : waiting.poll();
    if (next == null) {
      waiting = null;
      busy = false;
    } else {
      size -= next.size;
    }
    return next;
  }

  private record Turn(int size, Supplier<Uni<Void>> work) {}
}
