package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.delivery.NotesMissed;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.ledger.Ledger;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What is done for kept sessions from time to time. */
@ApplicationScoped
class Keeper {

  private static final Logger LOG = Logger.getLogger(Keeper.class);

  private static final Duration TAKE_OUT = Duration.ofMillis(100);
  private static final Duration DUE = Duration.ofSeconds(1);
  private static final Duration CHECK = Duration.ofSeconds(5);

  private static final Duration STRAYS = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final Directory directory;
  private final Inboxes inboxes;
  private final Keeping keeping;
  private final Vertx vertx;

  Keeper(Ledger ledger, Directory directory, Inboxes inboxes, Keeping keeping, Vertx vertx) {
    this.ledger = ledger;
    this.directory = directory;
    this.inboxes = inboxes;
    this.keeping = keeping;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    every(TAKE_OUT, inboxes::takeOut);
    every(DUE, this::due);
    every(CHECK, inboxes::check);
    every(STRAYS, keeping::letGoOfStrays);
  }

  /** One at a time: a ledger that is slow is not asked faster than it answers. */
  private void every(Duration time, Supplier<Uni<Void>> step) {
    AtomicBoolean busy = new AtomicBoolean();
    vertx.setPeriodic(
        time.toMillis(),
        _ -> {
          if (directory.isReachable() && busy.compareAndSet(false, true)) {
            step.get()
                .onTermination()
                .invoke(() -> busy.set(false))
                .subscribe()
                .with(_ -> {}, Keeper::notNow);
          }
        });
  }

  private Uni<Void> due() {
    return ledger.due().invoke(news -> keeping.tell(news, Traces.NONE)).replaceWithVoid();
  }

  /** Others may have told this node of what it has not heard. */
  void lookAgain(@Observes NotesMissed missed) {
    inboxes.check().subscribe().with(_ -> {}, Keeper::notNow);
  }

  private static void notNow(Throwable failure) {
    LOG.debugf("later: %s", failure.getMessage());
  }
}
