package dev.switchboard.presence.watch;

import dev.switchboard.identity.Caller;
import dev.switchboard.presence.board.PresenceEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.queues.Queues;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One who watches. What it has not taken yet waits, up to a bound; beyond that it is cut, and the
 * others do not notice. It is told things one after the other, while its realm is held.
 */
final class Watcher {

  private final Caller caller;
  private final Topic topic;
  private final int bound;
  private final Runnable cut;
  private final AtomicInteger waiting = new AtomicInteger();
  private final UnicastProcessor<Telling> outbox =
      UnicastProcessor.create(Queues.<Telling>unbounded(16).get(), () -> {});

  private long toldAt = System.nanoTime();
  private boolean over;

  /**
   * @param cut ends its connection at once, whatever still waits in it
   */
  Watcher(Caller caller, Topic topic, int bound, Runnable cut) {
    this.caller = caller;
    this.topic = topic;
    this.bound = bound;
    this.cut = cut;
  }

  /** What it is told; for one subscriber. */
  Multi<Telling> tellings() {
    return outbox.onItem().invoke(_ -> waiting.decrementAndGet());
  }

  boolean mayHear(PresenceEvent event) {
    return topic.concerns(event)
        && switch (topic) {
          case Topic.Everyone _ -> caller.grants().allowsPeer(event.peer());
          // What it may see of these was asked when it began.
          case Topic.Peers _, Topic.Members _ -> true;
        };
  }

  /** Whether it is still there; one that is too slow is cut. */
  boolean tell(Telling telling) {
    if (over) {
      return false;
    }
    if (waiting.incrementAndGet() > bound) {
      over = true;
      cut.run();
      return false;
    }
    toldAt = System.nanoTime();
    outbox.onNext(telling);
    if (telling.isLast()) {
      end();
    }
    return !over;
  }

  /** Nothing more will be told. */
  private void end() {
    over = true;
    outbox.onComplete();
  }

  boolean isExpired(Instant now) {
    return caller.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  boolean isSilent(long now, Duration since) {
    return now - toldAt >= since.toNanos();
  }
}
