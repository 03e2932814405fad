package dev.switchboard.presence.webhook;

import dev.switchboard.bus.Outage;
import dev.switchboard.presence.webhook.WebhookMetrics.Result;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what is queued for a receiver, as long as this pod has the lease. Several are under way
 * at once, but of each peer only one, so that a peer's events arrive in order as long as none
 * fails. One that fails is tried again later, and holds up nobody. What a pod had under way when it
 * died is delivered by the next: at least once, each time with the same id.
 *
 * <p>All of it happens on one thread.
 */
final class Courier {

  private static final Logger LOG = Logger.getLogger(Courier.class);

  /** Before the queue's first entry. */
  private static final String START = "0-0";

  /** How many wait here for each that is under way, so that there is always one of a free peer. */
  private static final int AHEAD = 4;

  /** A receiver that failed works again after so long without a failure, so the log stays short. */
  private static final Duration CALM = Duration.ofMinutes(1);

  private final Receiver receiver;
  private final Spool spool;
  private final Post post;
  private final WebhookMetrics metrics;
  private final Executor loop;
  private final Waits waits;
  private final int concurrency;
  private final Turns turns;
  private final Outage outage;
  private final Outage receiving;

  private final Deque<Letter> waiting = new ArrayDeque<>();

  /** The entries that are waiting here or under way. */
  private final Set<String> known = new HashSet<>();

  private final Set<String> peersUnderWay = new HashSet<>();
  private int underWay;
  private String position = START;

  /** Whether entries were left out that have to be found again. */
  private boolean lookAgain;

  private long heldUntil = System.nanoTime();
  private long pausedUntil = System.nanoTime();
  private long failedAt = System.nanoTime();
  private boolean disabled;
  private boolean stopping;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  Courier(Receiver receiver, Spool spool, Post post, WebhookMetrics metrics, Executor loop) {
    this.receiver = receiver;
    this.spool = spool;
    this.post = post;
    this.metrics = metrics;
    this.loop = loop;
    this.waits = new Waits(receiver.settings().retryFloor(), receiver.settings().retryCeiling());
    this.concurrency = receiver.settings().concurrency();
    String name = "webhook " + receiver.name();
    this.outage = new Outage(LOG, name + ": its queue");
    this.receiving = new Outage(LOG, name + ": its receiver");
    this.turns = new Turns(loop, this::step, this::lookAgain);
  }

  /** There may be something to do; any thread, returns at once. */
  void beat() {
    turns.ask();
  }

  /** Begins nothing more. Completes when nothing is under way and another pod may go on. */
  Uni<Void> stop() {
    loop.execute(() -> {
      stopping = true;
      forgetWaiting();
      endIfIdle();
    });
    return Uni.createFrom().completionStage(stopped).chain(spool::release).invoke(post::close);
  }

  private void endIfIdle() {
    if (stopping && underWay == 0) {
      stopped.complete(null);
    }
  }

  private Uni<Boolean> step() {
    if (stopping) {
      return Uni.createFrom().item(false);
    }
    long asked = System.nanoTime();
    String after = lookAgain ? START : position;
    lookAgain = false;
    return spool
        .take(after, Math.max(0, concurrency * AHEAD - known.size()), rest())
        .emitOn(loop)
        .map(taken -> take(taken, asked));
  }

  /** Long enough for all that may wait here to be tried. */
  private Duration rest() {
    return receiver.settings().timeout().multipliedBy(AHEAD + 1L);
  }

  /** Whether there is more to take at once. */
  private boolean take(Spool.Taken taken, long asked) {
    outage.ended();
    metrics.stands(taken);
    switch (taken.hold()) {
      case OTHER -> {
        forgetWaiting();
        return false;
      }
      case NEW -> forgetWaiting();
      case KEPT -> {}
    }
    heldUntil = asked + receiver.settings().lease().toNanos();
    sayWhetherDisabled(taken.disabled());
    if (disabled) {
      forgetWaiting();
      lookAgain = true;
      return false;
    }
    position = taken.position();
    for (Letter letter : taken.letters()) {
      if (!stopping && known.add(letter.entry())) {
        waiting.add(letter);
      }
    }
    send();
    return taken.more() && waiting.isEmpty() && !stopping;
  }

  private void sayWhetherDisabled(boolean now) {
    if (now != disabled) {
      disabled = now;
      if (now) {
        LOG.warnf(
            "webhook %s: its receiver wants no more (410); events are kept and wait",
            receiver.name());
      } else {
        LOG.infof("webhook %s: its events are delivered again", receiver.name());
      }
    }
  }

  private void forgetWaiting() {
    waiting.stream().map(Letter::entry).forEach(known::remove);
    waiting.clear();
  }

  private boolean isPaused(long now) {
    return now - pausedUntil < 0;
  }

  private void send() {
    while (underWay < concurrency) {
      long now = System.nanoTime();
      if (disabled || isPaused(now) || now - heldUntil >= 0) {
        return;
      }
      Letter letter = nextOfAFreePeer();
      if (letter == null) {
        return;
      }
      underWay++;
      post.deliver(letter)
          .emitOn(loop)
          .chain(outcome -> settle(letter, outcome))
          .emitOn(loop)
          .subscribe()
          .with(_ -> over(letter), failure -> unsettled(letter, failure));
    }
  }

  private @Nullable Letter nextOfAFreePeer() {
    Iterator<Letter> letters = waiting.iterator();
    while (letters.hasNext()) {
      Letter letter = letters.next();
      if (peersUnderWay.add(letter.peer())) {
        letters.remove();
        return letter;
      }
    }
    return null;
  }

  private Uni<Void> settle(Letter letter, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> {
        if (System.nanoTime() - failedAt > CALM.toNanos()) {
          receiving.ended();
        }
        metrics.delivered(letter);
        yield spool.done(letter);
      }
      case Outcome.Unwanted _ -> {
        metrics.tried(Result.UNWANTED);
        sayWhetherDisabled(true);
        yield spool.disable();
      }
      case Outcome.Failed(String why, Optional<Duration> retryAfter) -> {
        failedAt = System.nanoTime();
        receiving.began(new IOException(why));
        retryAfter.ifPresent(this::pause);
        yield spool
            .later(letter, wait(letter, retryAfter), why)
            .invoke(dead -> metrics.tried(dead ? Result.DEAD : Result.FAILED))
            .replaceWithVoid();
      }
    };
  }

  private void pause(Duration wish) {
    pausedUntil = System.nanoTime() + atMost(wish).toNanos();
  }

  private Duration wait(Letter letter, Optional<Duration> retryAfter) {
    Duration wait = waits.after(letter.failures());
    return retryAfter.map(this::atMost).filter(wish -> wish.compareTo(wait) > 0).orElse(wait);
  }

  /** A receiver that asks for more would lose what waits. */
  private Duration atMost(Duration wish) {
    Duration longest = receiver.settings().giveUpAfter();
    return wish.compareTo(longest) > 0 ? longest : wish;
  }

  private void over(Letter letter) {
    underWay--;
    known.remove(letter.entry());
    peersUnderWay.remove(letter.peer());
    send();
    if (waiting.size() < concurrency) {
      turns.ask();
    }
    endIfIdle();
  }

  /** Redis does not know what became of it, so it is looked for again. */
  private void unsettled(Letter letter, Throwable failure) {
    lookAgain(failure);
    over(letter);
  }

  private void lookAgain(Throwable failure) {
    outage.began(failure);
    lookAgain = true;
  }
}
