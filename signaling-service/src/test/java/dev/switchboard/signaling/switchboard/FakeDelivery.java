package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/** A delivery in which something may happen between looking up and dispatching. */
final class FakeDelivery implements Delivery {

  private final Map<SessionId, Recipient> recipients = new HashMap<>();

  /** Done once, before the next event arrives. */
  Runnable beforeDispatch = () -> {};

  @Override
  public String node() {
    return "node";
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
    Runnable before = beforeDispatch;
    beforeDispatch = () -> {};
    Recipient recipient = recipients.get(location.session());
    before.run();
    return Uni.createFrom().item(recipient == null ? Receipt.GONE : recipient.receive(to, event));
  }
}
