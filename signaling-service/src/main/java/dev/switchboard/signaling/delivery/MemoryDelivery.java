package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;

/** Delivery within a single node. */
final class MemoryDelivery implements Delivery {

  private final String node;
  private final Recipients recipients;

  MemoryDelivery(String node) {
    this.node = node;
    this.recipients = new Recipients(node);
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public void attach(SessionId session, Recipient recipient) {
    recipients.attach(session, recipient);
  }

  @Override
  public void detach(SessionId session, Recipient recipient) {
    recipients.detach(session, recipient);
  }

  @Override
  public boolean isAttached(SessionId session) {
    return recipients.isAttached(session);
  }

  @Override
  public void dispatch(Parcel parcel, List<Location> receivers) {
    for (Location receiver : receivers) {
      Receipt receipt = recipients.hand(parcel, receiver.session());
      if (receipt.isRefusal()) {
        recipients.giveBack(parcel, receipt);
      }
    }
  }

  @Override
  public void note(Event event, String trace, List<Numbered> receivers) {
    receivers.forEach(receiver -> recipients.note(event, trace, receiver));
  }

  @Override
  public void lost(String other) {
    recipients.lost(other);
  }

  @Override
  public void disown(SessionId session) {
    recipients.disown(session);
  }
}
