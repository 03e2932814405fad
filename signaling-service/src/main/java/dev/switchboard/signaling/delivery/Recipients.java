package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The sessions of this node. Bounded by the connections that it accepts. */
final class Recipients {

  private final String node;
  private final ConcurrentMap<SessionId, Recipient> recipients = new ConcurrentHashMap<>();

  Recipients(String node) {
    this.node = node;
  }

  void attach(SessionId session, Recipient recipient) {
    @Nullable Recipient before = recipients.put(session, recipient);
    if (before != null && !before.equals(recipient)) {
      Destination seat = new Seat(before.realm(), "", session);
      before.receive(new Parcel(seat, new Location(node, session), new Event.Superseded()));
    }
  }

  void detach(SessionId session, Recipient recipient) {
    recipients.remove(session, recipient);
  }

  boolean isAttached(SessionId session) {
    return recipients.containsKey(session);
  }

  /** Hands it to a session of this node. */
  Receipt hand(Parcel parcel, SessionId session) {
    @Nullable Recipient recipient = recipients.get(session);
    return recipient == null ? Receipt.GONE : recipient.receive(parcel);
  }

  /** Hands what is in its inbox to a session of this node, if it is here. */
  void note(Event event, String trace, Numbered receiver) {
    @Nullable Recipient recipient = recipients.get(receiver.at().session());
    if (recipient != null) {
      recipient.note(receiver.number(), event, trace);
    }
  }

  /** Gives it back to its sender, if that is still here and would want to know. */
  void giveBack(Parcel parcel, Receipt why) {
    @Nullable Recipient sender = recipients.get(parcel.from().session());
    if (sender != null && isReturnable(parcel)) {
      sender.returned(parcel, why);
    }
  }

  /** What is said in a room is no single member's concern. */
  static boolean isReturnable(Parcel parcel) {
    return !(parcel.to() instanceof RoomId);
  }

  void lost(String other) {
    recipients.values().forEach(recipient -> recipient.lost(other));
  }

  void disown(SessionId session) {
    @Nullable Recipient recipient = recipients.get(session);
    if (recipient != null) {
      recipient.disowned();
    }
  }
}
