package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attachment of a peer: its name, once it has one, its partners, and the rooms it is in. Each
 * end of a call keeps its own half of the tie, so that two nodes need no state in common to end it
 * exactly once.
 *
 * <p>Its own commands arrive one after the other; events of others arrive on any thread, which is
 * why what both touch is guarded by the session itself.
 */
public final class Session implements Recipient {

  private final SessionId id;
  private final Caller caller;
  private final String scope;
  private final Outlet outlet;

  private final Partners partners = new Partners();
  private final Memberships rooms = new Memberships();
  private @Nullable Address address;
  private boolean ended;

  Session(SessionId id, Caller caller, String scope, Outlet outlet) {
    this.id = id;
    this.caller = caller;
    this.scope = scope;
    this.outlet = outlet;
  }

  /** What other nodes and logs know it by. */
  public SessionId id() {
    return id;
  }

  Caller caller() {
    return caller;
  }

  /** Where it would be reached under {@code name}. */
  Address addressOf(String name) {
    return new Address(caller.realm().name(), scope, name);
  }

  RoomId roomOf(String name) {
    return new RoomId(caller.realm().name(), scope, name);
  }

  /** Where it is reached now, once it has a name. */
  synchronized @Nullable Address address() {
    return address;
  }

  /**
   * Takes the name that the directory granted.
   *
   * @return false if the session ended in the meantime, and must give it back
   */
  synchronized boolean arrive(Address granted) {
    if (ended) {
      return false;
    }
    address = granted;
    return true;
  }

  /** Gives its name up, and all partners with it; an event that is still on its way misses it. */
  synchronized Optional<Departure> depart() {
    if (address == null) {
      return Optional.empty();
    }
    Departure departure = new Departure(address, partners.untieAll());
    address = null;
    return Optional.of(departure);
  }

  /** Ends it: from now on it takes no name and enters no room. */
  synchronized void end() {
    ended = true;
  }

  synchronized Partners.Tie tie(String peer) {
    return partners.tie(peer);
  }

  synchronized boolean untie(String peer) {
    return partners.untie(peer);
  }

  synchronized Set<String> untieAll() {
    return partners.untieAll();
  }

  /** Whether its client may speak in {@code room}. */
  synchronized boolean isIn(RoomId room) {
    return rooms.in(room) instanceof Memberships.Stay.Settled;
  }

  /** Whether there is room for one more; if so, what is said in it is held back from now on. */
  synchronized boolean beginStay(RoomId room) {
    if (rooms.areFull()) {
      return false;
    }
    rooms.begin(room);
    return true;
  }

  /**
   * Tells its client that it is in, and then what was held back.
   *
   * @return false if the session ended in the meantime, and must be taken out again
   */
  synchronized boolean settle(RoomId room) {
    if (ended) {
      return false;
    }
    // Told under the lock: whoever speaks next waits, so that nothing overtakes what was held.
    tell(new Event.Joined(room.name()));
    rooms.settle(room).forEach(this::tell);
    return true;
  }

  synchronized boolean endStay(RoomId room) {
    return rooms.end(room);
  }

  synchronized Set<RoomId> endStays() {
    return rooms.endAll();
  }

  /** Tells its own client something. */
  void tell(Event event) {
    outlet.offer(id, event);
  }

  @Override
  public Receipt receive(Destination to, Event event) {
    return switch (accept(to, event)) {
      case PASS_ON -> outlet.offer(id, event) ? Receipt.ACCEPTED : Receipt.GONE;
      case HELD_BACK -> Receipt.ACCEPTED;
      case NOT_FOR_ITS_CLIENT -> Receipt.IGNORED;
      case NOT_FROM_THIS_SENDER -> Receipt.FORBIDDEN;
      case NO_ROOM_FOR_IT -> Receipt.BUSY;
      case NO_LONGER_HERE -> Receipt.GONE;
    };
  }

  private synchronized Reception accept(Destination to, Event event) {
    return switch (to) {
      case Address name -> name.equals(address) ? acceptAsPeer(event) : Reception.NO_LONGER_HERE;
      case RoomId room -> acceptAsMember(room, event);
    };
  }

  private Reception acceptAsPeer(Event event) {
    return switch (event) {
      case Event.Received received -> acceptSignal(received);
      case Event.HungUp(String from) ->
          untie(from) ? Reception.PASS_ON : Reception.NOT_FOR_ITS_CLIENT;
      case Event.Claimed _,
          Event.Refused _,
          Event.Joined _,
          Event.Left _,
          Event.MemberJoined _,
          Event.MemberLeft _,
          Event.Published _ ->
          Reception.PASS_ON;
    };
  }

  private Reception acceptSignal(Event.Received received) {
    if (!caller.grants().allowsPeer(received.from())) {
      return Reception.NOT_FROM_THIS_SENDER;
    }
    return received.signal().links() && tie(received.from()) == Partners.Tie.FULL
        ? Reception.NO_ROOM_FOR_IT
        : Reception.PASS_ON;
  }

  private Reception acceptAsMember(RoomId room, Event event) {
    return switch (rooms.in(room)) {
      case Memberships.Stay.Settled _ -> Reception.PASS_ON;
      case Memberships.Stay.Joining joining ->
          joining.hold(event) ? Reception.HELD_BACK : Reception.NO_ROOM_FOR_IT;
      case null -> Reception.NO_LONGER_HERE;
    };
  }

  private enum Reception {
    PASS_ON,
    HELD_BACK,
    NOT_FOR_ITS_CLIENT,
    NOT_FROM_THIS_SENDER,
    NO_ROOM_FOR_IT,
    NO_LONGER_HERE
  }

  /** What is left to do when a session gave its name up: tell its partners, free the name. */
  record Departure(Address address, Set<String> partners) {}
}
