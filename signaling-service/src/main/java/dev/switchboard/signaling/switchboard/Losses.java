package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Disowned;
import dev.switchboard.signaling.directory.NodeDied;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** What is done about nodes that died, this one included. */
@ApplicationScoped
class Losses {

  private static final Logger LOG = Logger.getLogger(Losses.class);

  private final Directory directory;
  private final Delivery delivery;
  private final Rooms rooms;

  Losses(Directory directory, Delivery delivery, Rooms rooms) {
    this.directory = directory;
    this.delivery = delivery;
    this.rooms = rooms;
  }

  /** Partners hear of it at each node, members of rooms from whoever sweeps first. */
  void tell(@Observes NodeDied death) {
    String node = death.node();
    delivery.lost(node);
    if (death.unswept()) {
      sweep(node);
    }
  }

  private void sweep(String node) {
    directory
        .sweep(node)
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
