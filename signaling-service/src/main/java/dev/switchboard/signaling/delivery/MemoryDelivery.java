package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Delivery within a single node. Its size is bounded by the connections the node accepts. */
@ApplicationScoped
class MemoryDelivery implements Delivery {

  private static final Uni<Receipt> ACCEPTED = Uni.createFrom().item(Receipt.ACCEPTED);

  private final String node = SessionId.fresh().value();
  private final ConcurrentMap<SessionId, Recipient> recipients = new ConcurrentHashMap<>();

  @Override
  public String node() {
    return node;
  }

  @Override
  public void attach(SessionId session, Recipient recipient) {
    recipients.put(session, recipient);
  }

  @Override
  public void detach(SessionId session) {
    recipients.remove(session);
  }

  @Override
  public Uni<Receipt> dispatch(Destination to, Location location, Event event) {
    Recipient recipient = recipients.get(location.session());
    Receipt receipt = recipient == null ? Receipt.GONE : recipient.receive(to, event);
    return receipt == Receipt.ACCEPTED ? ACCEPTED : Uni.createFrom().item(receipt);
  }
}
