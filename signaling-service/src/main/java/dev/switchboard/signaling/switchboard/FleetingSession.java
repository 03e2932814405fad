package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Parcel;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
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
public final class FleetingSession implements Session, Recipient {

  /** What is beyond it stays taken until this node ends. */
  private static final int MAX_DOUBTFUL = 64;

  private final SessionId id;
  private volatile Caller caller;
  private final String scope;
  private final Outlet outlet;
  private final Tally tally;
  private final Traces traces;

  private final Partners partners = new Partners();
  private final Memberships rooms = new Memberships();
  private @Nullable Address address;
  private Set<Destination> doubtful = Set.of();
  private boolean ended;
  private volatile String trace = Traces.NONE;

  FleetingSession(
      SessionId id, Caller caller, String scope, Outlet outlet, Tally tally, Traces traces) {
    this.id = id;
    this.caller = caller;
    this.scope = scope;
    this.outlet = outlet;
    this.tally = tally;
    this.traces = traces;
  }

  @Override
  public SessionId id() {
    return id;
  }

  @Override
  public String scope() {
    return scope;
  }

  @Override
  public String realm() {
    return caller.realm().name();
  }

  Caller caller() {
    return caller;
  }

  /**
   * From now on it may do what a newer token grants: of the same peer, or of any while it has no
   * name.
   */
  void renew(Caller renewed) {
    caller = renewed;
  }

  /** Where it would be reached under {@code name}. */
  Address addressOf(String name) {
    return new Address(realm(), scope, name);
  }

  RoomId roomOf(String name) {
    return new RoomId(realm(), scope, name);
  }

  /** Where it is reached now, once it has a name. */
  synchronized @Nullable Address address() {
    return address;
  }

  /**
   * Takes the name that the directory granted.
   *
   * @param tellTheClient called under the session's lock, so that nothing that is sent to the name
   *     overtakes it
   * @return false if the session ended in the meantime, and must give it back
   */
  synchronized boolean arrive(Address granted, Runnable tellTheClient) {
    if (ended) {
      return false;
    }
    tellTheClient.run();
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

  /** It may be at {@code place} without knowing it: Redis went away in between. */
  synchronized void doubt(Destination place) {
    if (doubtful.isEmpty()) {
      doubtful = HashSet.newHashSet(1);
    }
    if (doubtful.size() < MAX_DOUBTFUL) {
      doubtful.add(place);
    }
  }

  /** Where it may be without knowing it. */
  synchronized Set<Destination> doubts() {
    Set<Destination> all = doubtful;
    doubtful = Set.of();
    return all;
  }

  /** Ends it: from now on it takes no name and enters no room. */
  synchronized void end() {
    ended = true;
  }

  /** Where its partner {@code peer} is, or null if that is no partner. */
  synchronized @Nullable Location partner(String peer) {
    return partners.find(peer);
  }

  /** Makes a partner of {@code peer} before it is called; false if there are too many. */
  synchronized boolean call(String peer, Location where) {
    if (!partners.haveRoomFor(peer)) {
      return false;
    }
    partners.call(peer, where);
    return true;
  }

  /** Where its partner was, who is none any longer, or null if it was none. */
  synchronized @Nullable Location hangUp(String peer) {
    return partners.untie(peer);
  }

  synchronized Map<String, Location> hangUpAll() {
    return partners.untieAll();
  }

  /** As the others in {@code room} know it, or null if it may not speak there. */
  synchronized @Nullable Member in(RoomId room) {
    return rooms.in(room) instanceof Memberships.Stay.Settled(Member self) ? self : null;
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
   * Has its client told that it is in, and then what was held back.
   *
   * @param tellTheClient called under the session's lock: whoever speaks next waits, so that
   *     nothing overtakes what was held
   * @return false if the session ended in the meantime, and must be taken out again
   */
  synchronized boolean settle(RoomId room, Member self, Runnable tellTheClient) {
    if (ended) {
      return false;
    }
    tellTheClient.run();
    rooms.settle(room, self).forEach(this::tell);
    return true;
  }

  /** From now on the others in {@code room} know it as {@code self}. */
  synchronized void describe(RoomId room, Member self) {
    if (rooms.in(room) != null) {
      rooms.settle(room, self);
    }
  }

  /** Whether it was in {@code room}; it is not any longer. */
  synchronized boolean endStay(RoomId room) {
    return rooms.end(room) != null;
  }

  synchronized Set<RoomId> rooms() {
    return rooms.all();
  }

  synchronized Set<RoomId> endStays() {
    return rooms.endAll();
  }

  /** From now on its parcels are part of {@code trace}. */
  void follow(String parent) {
    trace = parent;
  }

  /** An event that it causes. */
  Parcel parcel(Destination to, String node, Event event) {
    return new Parcel(to, new Location(node, id), event, trace);
  }

  /** Tells its own client something. */
  void tell(Event event) {
    outlet.offer(id, event);
  }

  @Override
  public Receipt receive(Parcel parcel) {
    return switch (accept(parcel)) {
      case PASS_ON ->
          traces.deliver(parcel.trace(), scope, () -> outlet.offer(id, parcel.event()))
              ? Receipt.ACCEPTED
              : Receipt.GONE;
      case HELD_BACK -> Receipt.ACCEPTED;
      case NOT_FOR_ITS_CLIENT -> Receipt.IGNORED;
      case NOT_FROM_THIS_SENDER -> Receipt.FORBIDDEN;
      case NO_ROOM_FOR_IT -> Receipt.BUSY;
      case NO_LONGER_HERE -> Receipt.GONE;
    };
  }

  private Reception accept(Parcel parcel) {
    if (parcel.event() instanceof Event.Superseded) {
      outlet.close(CloseCode.SUPERSEDED);
      return Reception.NOT_FOR_ITS_CLIENT;
    }
    synchronized (this) {
      return switch (parcel.to()) {
        case Address name -> name.equals(address) ? acceptAsPeer(parcel) : Reception.NO_LONGER_HERE;
        case Seat _ -> ended || address == null ? Reception.NO_LONGER_HERE : acceptAsPeer(parcel);
        case RoomId room -> acceptAsMember(room, parcel.event());
      };
    }
  }

  private Reception acceptAsPeer(Parcel parcel) {
    return switch (parcel.event()) {
      case Event.Received received -> acceptSignal(received, parcel.from());
      case Event.HungUp(String from) ->
          partners.untie(from) == null ? Reception.NOT_FOR_ITS_CLIENT : Reception.PASS_ON;
      case Event.Undelivered _,
          Event.MemberJoined _,
          Event.MemberUpdated _,
          Event.MemberLeft _,
          Event.Published _,
          Event.Reflected _,
          Event.Admitted _,
          Event.Unread _,
          Event.Superseded _ ->
          Reception.PASS_ON;
    };
  }

  private Reception acceptSignal(Event.Received received, Location from) {
    String peer = received.from();
    if (!caller.grants().allowsPeer(peer)) {
      return Reception.NOT_FROM_THIS_SENDER;
    }
    if (!received.signal().links()) {
      return Reception.PASS_ON;
    }
    if (!partners.haveRoomFor(peer)) {
      return Reception.NO_ROOM_FOR_IT;
    }
    Optional<Duration> rang = partners.hear(peer, from);
    if (received.signal() == Signal.ANSWER) {
      rang.ifPresent(time -> tally.answered(scope, time));
    }
    return Reception.PASS_ON;
  }

  private Reception acceptAsMember(RoomId room, Event event) {
    return switch (rooms.in(room)) {
      case Memberships.Stay.Settled _ -> Reception.PASS_ON;
      case Memberships.Stay.Joining joining ->
          joining.hold(event) ? Reception.HELD_BACK : Reception.NO_ROOM_FOR_IT;
      case null -> Reception.NO_LONGER_HERE;
    };
  }

  @Override
  public void returned(Parcel parcel, Receipt why) {
    if (parcel.event() instanceof Event.Received received) {
      String to = parcel.to().name();
      if (received.signal().links()) {
        giveUp(to);
      }
      reasonOf(why)
          .ifPresent(reason -> {
            tally.refused(reason);
            tell(new Event.Undelivered(new Refusal(reason, to)));
          });
    }
  }

  private synchronized void giveUp(String peer) {
    partners.giveUp(peer);
  }

  private static Optional<Reason> reasonOf(Receipt receipt) {
    return switch (receipt) {
      case ACCEPTED, IGNORED -> Optional.empty();
      case FORBIDDEN -> Optional.of(Reason.FORBIDDEN);
      case BUSY -> Optional.of(Reason.BUSY);
      case GONE -> Optional.of(Reason.UNKNOWN_PEER);
      case UNREACHABLE -> Optional.of(Reason.UNAVAILABLE);
    };
  }

  @Override
  public synchronized void lost(String node) {
    partners.untieAllAt(node).forEach(peer -> tell(new Event.HungUp(peer)));
  }

  @Override
  public void disowned() {
    outlet.close(CloseCode.NODE_LOST);
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
  record Departure(Address address, Map<String, Location> partners) {}
}
