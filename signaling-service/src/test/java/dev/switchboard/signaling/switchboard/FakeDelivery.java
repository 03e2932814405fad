package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Numbered;
import dev.switchboard.signaling.delivery.Parcel;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A delivery in which something may happen between looking up and dispatching. */
final class FakeDelivery implements Delivery {

  private final Map<SessionId, Recipient> recipients = new HashMap<>();

  /** Done once, before the next parcel arrives. */
  Runnable beforeDispatch = () -> {};

  @Override
  public String node() {
    return "node";
  }

  @Override
  public void attach(SessionId session, Recipient recipient) {
    Recipient before = recipients.put(session, recipient);
    if (before != null) {
      Seat seat = new Seat(before.realm(), "", session);
      before.receive(new Parcel(seat, new Location("node", session), new Event.Superseded()));
    }
  }

  @Override
  public void detach(SessionId session, Recipient recipient) {
    recipients.remove(session, recipient);
  }

  @Override
  public boolean isAttached(SessionId session) {
    return recipients.containsKey(session);
  }

  @Override
  public void dispatch(Parcel parcel, List<Location> receivers) {
    Runnable before = beforeDispatch;
    beforeDispatch = () -> {};
    before.run();
    for (Location receiver : receivers) {
      Recipient recipient = recipients.get(receiver.session());
      Receipt receipt = recipient == null ? Receipt.GONE : recipient.receive(parcel);
      Recipient sender = recipients.get(parcel.from().session());
      if (receipt.isRefusal() && sender != null) {
        sender.returned(parcel, receipt);
      }
    }
  }

  @Override
  public void note(Event event, String trace, List<Numbered> receivers) {
    for (Numbered receiver : receivers) {
      Recipient recipient = recipients.get(receiver.at().session());
      if (recipient != null) {
        recipient.note(receiver.number(), event, trace);
      }
    }
  }

  @Override
  public void lost(String node) {
    List.copyOf(recipients.values()).forEach(recipient -> recipient.lost(node));
  }

  @Override
  public void disown(SessionId session) {
    Recipient recipient = recipients.get(session);
    if (recipient != null) {
      recipient.disowned();
    }
  }
}
