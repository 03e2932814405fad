package dev.switchboard.signaling.switchboard;

import dev.switchboard.identity.Caller;
import dev.switchboard.signaling.delivery.Parcel;
import dev.switchboard.signaling.delivery.Receipt;
import dev.switchboard.signaling.delivery.Recipient;
import dev.switchboard.signaling.ledger.Ending;
import dev.switchboard.signaling.ledger.Hold;
import dev.switchboard.signaling.ledger.Ledger;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attachment of a session that is kept when its socket goes. Its client is told what is in its
 * inbox, in the order of the numbers there and nothing twice, however it came here: from this node,
 * from another one, or out of the inbox itself.
 *
 * <p>Its own commands arrive one after the other; events arrive on any thread.
 */
public final class KeptSession implements Session, Recipient {

  /** How much may come before what it has to wait for. The rest is read from the inbox. */
  private static final int MAX_EARLY = 256;

  private final String scope;
  private final Outlet outlet;
  private final Traces traces;
  private final Consumer<KeptSession> gap;

  private volatile SessionId id;
  private volatile @Nullable Caller caller;
  private volatile @Nullable Hold hold;

  private SortedMap<Long, Event> early = new TreeMap<>();
  private long told;
  private boolean ended;
  private boolean reading;
  private boolean toBeConfirmed;
  private volatile String trace = Traces.NONE;

  /**
   * @param id what it is known by unless it turns out to be an earlier one
   * @param caller null where its client has not said yet who it is
   * @param gap called when something came before what it has to wait for, on any thread
   */
  KeptSession(
      SessionId id,
      @Nullable Caller caller,
      String scope,
      Outlet outlet,
      Traces traces,
      Consumer<KeptSession> gap) {
    this.id = id;
    this.caller = caller;
    this.scope = scope;
    this.outlet = outlet;
    this.traces = traces;
    this.gap = gap;
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
    @Nullable Hold held = hold;
    return held == null ? "" : held.realm();
  }

  /** Whose it is; empty where its client has not said yet who it is. */
  public Optional<Caller> caller() {
    return Optional.ofNullable(caller);
  }

  void renew(Caller renewed) {
    caller = renewed;
  }

  /** What it writes under, once it has begun. */
  @Nullable Hold hold() {
    return hold;
  }

  /** From now on what it causes is part of {@code parent}. */
  void follow(String parent) {
    trace = parent;
  }

  String trace() {
    return trace;
  }

  /**
   * Begins, or goes on.
   *
   * @param from the number up to which its client has everything
   * @param resumed whether its client has still to show that it got its new ticket
   * @param tellTheClient called before anything of the inbox is told
   * @return false if the socket ended in the meantime
   */
  synchronized boolean begin(Hold held, long from, boolean resumed, Runnable tellTheClient) {
    if (ended) {
      return false;
    }
    id = held.session();
    hold = held;
    told = from;
    toBeConfirmed = resumed;
    tellTheClient.run();
    tellEarly();
    return true;
  }

  /** Whether its client has just shown for the first time that it got its new ticket. */
  synchronized boolean confirms() {
    boolean first = toBeConfirmed;
    toBeConfirmed = false;
    return first;
  }

  /**
   * Ends it: its client is told nothing any more.
   *
   * @return whether it had not ended before
   */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    early = new TreeMap<>();
    return first;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Whether its client was cut because it did not read. */
  boolean wasCut() {
    return outlet.wasCut();
  }

  /** The highest number that its client was told. */
  synchronized long told() {
    return told;
  }

  @Override
  public void note(long number, Event event, String cause) {
    if (event instanceof Event.Superseded) {
      @Nullable Hold held = hold;
      if (held != null && held.number() < number) {
        outlet.close(CloseCode.SUPERSEDED);
      }
      return;
    }
    boolean complete = traces.deliver(cause, scope, () -> take(number, event));
    if (!complete) {
      gap.accept(this);
    }
  }

  /** What was read from the inbox, in order. */
  void take(List<Ledger.Entry> entries) {
    for (Ledger.Entry entry : entries) {
      var _ = take(entry.number(), entry.event());
    }
  }

  /** Whether nothing is missing before it. */
  private synchronized boolean take(long number, Event event) {
    if (ended || (number <= told && hold != null)) {
      return true;
    }
    if (early.size() < MAX_EARLY) {
      early.put(number, event);
    }
    if (hold == null) {
      return true;
    }
    tellEarly();
    return told >= number;
  }

  private void tellEarly() {
    while (!early.isEmpty() && early.firstKey() <= told + 1) {
      long number = early.firstKey();
      @Nullable Event event = early.remove(number);
      if (number == told + 1 && event != null) {
        told = number;
        outlet.offer(id, number, event);
      }
    }
  }

  /** Whether something came that has to wait for what did not. */
  synchronized boolean isBehind() {
    return !early.isEmpty();
  }

  /** Whether the inbox is to be read now; false while it is being read. */
  synchronized boolean beginReading() {
    boolean begins = !reading && !ended && hold != null;
    reading |= begins;
    return begins;
  }

  synchronized void endReading() {
    reading = false;
  }

  /** Its hold is void: the client begins anew, or goes on elsewhere. */
  void lapse(Ending ending) {
    outlet.close(
        switch (ending) {
          case ELSEWHERE -> CloseCode.SUPERSEDED;
          case DETACHED -> CloseCode.NODE_LOST;
          case GONE -> CloseCode.SESSION_LOST;
        });
  }

  void close(CloseCode code) {
    outlet.close(code);
  }

  @Override
  public Receipt receive(Parcel parcel) {
    if (parcel.event() instanceof Event.Superseded) {
      outlet.close(CloseCode.SUPERSEDED);
    }
    return Receipt.IGNORED;
  }

  /** What it sends is kept for its receivers, and never comes back. */
  @Override
  public void returned(Parcel parcel, Receipt why) {}

  /** What it is told of other nodes it is told by its inbox. */
  @Override
  public void lost(String node) {}

  @Override
  public void disowned() {
    outlet.close(CloseCode.NODE_LOST);
  }
}
