package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attachment of a peer: its name, once it has one, and its partners. Each end of a call keeps
 * its own half of the tie, so that two nodes need no state in common to end it exactly once.
 *
 * <p>Its own commands arrive one after the other; events of others arrive on any thread, which is
 * why what both touch is guarded by the session itself.
 */
public final class Session implements Recipient {

  /** The most partners at a time. One is a call; the rest is ringing. */
  static final int MAX_PARTNERS = 32;

  private final SessionId id;
  private final Caller caller;
  private final String scope;
  private final Outlet outlet;

  private @Nullable Address address;
  private Set<String> partners = Set.of();
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
    Departure departure = new Departure(address, untieAll());
    address = null;
    return Optional.of(departure);
  }

  /** Departs for good: from now on it takes no name. */
  synchronized Optional<Departure> end() {
    ended = true;
    return depart();
  }

  /** Makes a partner of {@code peer}. */
  synchronized Tie tie(String peer) {
    if (partners.contains(peer)) {
      return Tie.HELD;
    }
    if (partners.size() >= MAX_PARTNERS) {
      return Tie.FULL;
    }
    if (partners.isEmpty()) {
      partners = HashSet.newHashSet(1);
    }
    partners.add(peer);
    return Tie.MADE;
  }

  /** Whether {@code peer} was a partner; it is none from now on. */
  synchronized boolean untie(String peer) {
    return !partners.isEmpty() && partners.remove(peer);
  }

  /** Lets go of all partners and tells who they were. */
  synchronized Set<String> untieAll() {
    Set<String> all = partners;
    partners = Set.of();
    return all;
  }

  /** Tells its own client something. */
  void tell(Event event) {
    outlet.offer(event);
  }

  @Override
  public Receipt receive(Address to, Event event) {
    Receipt receipt = accept(to, event);
    return receipt == Receipt.ACCEPTED && !outlet.offer(event) ? Receipt.GONE : receipt;
  }

  private synchronized Receipt accept(Address to, Event event) {
    if (!to.equals(address)) {
      return Receipt.GONE;
    }
    return switch (event) {
      case Event.Received received -> acceptSignal(received);
      case Event.HungUp(String from) -> untie(from) ? Receipt.ACCEPTED : Receipt.IGNORED;
      case Event.Claimed _, Event.Refused _ -> Receipt.ACCEPTED;
    };
  }

  private Receipt acceptSignal(Event.Received received) {
    if (!caller.grants().allowsPeer(received.from())) {
      return Receipt.FORBIDDEN;
    }
    return received.signal().links() && tie(received.from()) == Tie.FULL
        ? Receipt.BUSY
        : Receipt.ACCEPTED;
  }

  /** What came of making a partner. */
  enum Tie {
    /** A new one. */
    MADE,
    /** It was one already. */
    HELD,
    /** There is no room for another. */
    FULL
  }

  /** What is left to do when a session gave its name up: tell its partners, free the name. */
  record Departure(Address address, Set<String> partners) {}
}
