package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Disowned;
import dev.switchboard.signaling.directory.NodeDied;
import dev.switchboard.signaling.directory.StateConfig;
import dev.switchboard.signaling.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What is done about nodes that died, this one included. */
@ApplicationScoped
class Losses {

  private static final Logger LOG = Logger.getLogger(Losses.class);

  private final Directory directory;
  private final Delivery delivery;
  private final Ledger ledger;
  private final Rooms rooms;
  private final Keeping keeping;
  private final Inboxes inboxes;
  private final Duration lease;

  Losses(
      Directory directory,
      Delivery delivery,
      Ledger ledger,
      Rooms rooms,
      Keeping keeping,
      Inboxes inboxes,
      StateConfig state) {
    this.directory = directory;
    this.delivery = delivery;
    this.ledger = ledger;
    this.rooms = rooms;
    this.keeping = keeping;
    this.inboxes = inboxes;
    this.lease = state.lease();
  }

  /** Partners hear of it at each node, members of rooms from whoever sweeps first. */
  void tell(@Observes NodeDied death) {
    String node = death.node();
    delivery.lost(node);
    if (death.unswept()) {
      sweep(node);
    }
    // It may have died between writing into an inbox and telling whoever is here of it.
    inboxes
        .check()
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("not checked: %s", failure.getMessage()));
  }

  /** The directory forgets the node, so it comes last. */
  private void sweep(String node) {
    ledger
        .sweep(node, lease)
        .invoke(news -> keeping.tell(news, Traces.NONE))
        .chain(() -> directory.sweep(node))
        .subscribe()
        .with(
            vacancies -> {
              LOG.infof("node %s is gone; it left %d places", node, vacancies.size());
              vacancies.forEach(vacancy -> rooms.tellOfLoss(node, vacancy));
            },
            failure -> LOG.debugf("node %s is not swept yet: %s", node, failure.getMessage()));
  }

  void sendAway(@Observes Disowned disowned) {
    LOG.warnf(
        "this node was taken for dead; %d of its sessions begin anew", disowned.sessions().size());
    disowned.sessions().forEach(delivery::disown);
  }
}
