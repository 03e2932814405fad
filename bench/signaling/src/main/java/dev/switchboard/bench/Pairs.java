package dev.switchboard.bench;

import dev.switchboard.bench.dialect.Dialect;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All peers of a run. The callers are at the first of the addresses, the others at the last. */
final class Pairs {

  /** How many are on their way in at once. */
  private static final int AT_ONCE = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Peer> callers = new ArrayList<>();
  private final List<Peer> callees = new ArrayList<>();
  private final Tally tally;

  Pairs(Dialect dialect, Tally tally, Peer.Lead lead, String run, int count) {
    this.tally = tally;
    for (int pair = 0; pair < count; pair++) {
      callers.add(new Peer(dialect, tally, lead, run, pair, Side.CALLER));
      callees.add(new Peer(dialect, tally, lead, run, pair, Side.CALLEE));
    }
  }

  int count() {
    return callers.size();
  }

  Peer of(int pair, Side side) {
    return switch (side) {
      case CALLER -> callers.get(pair);
      case CALLEE -> callees.get(pair);
    };
  }

  Peer partnerOf(Peer peer) {
    return of(peer.pair(), peer.side().other());
  }

  /** Has everybody log in, and waits for it. */
  void logIn(Loop loop, List<InetSocketAddress> addresses) throws IOException {
    logIn(
        loop,
        all(),
        tally,
        peer -> peer.side() == Side.CALLER ? addresses.getFirst() : addresses.getLast());
  }

  /** Has all of them log in where they belong, and waits for it. */
  static void logIn(
      Loop loop, List<Peer> all, Tally tally, Function<Peer, InetSocketAddress> addresses)
      throws IOException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    int begun = 0;
    int done = 0;
    while (done < all.size()) {
      while (begun < all.size() && begun - done < AT_ONCE) {
        Peer peer = all.get(begun++);
        peer.connect(loop, addresses.apply(peer));
      }
      loop.spin();
      while (done < begun && all.get(done).isLoggedIn()) {
        done++;
      }
      if (tally.unexpected() > 0 || System.nanoTime() > limit) {
        throw new IOException(tally.complaint().orElse("not all could log in in time"));
      }
    }
  }

  /** Has everybody leave, and waits until they are gone. */
  void leave(Loop loop) throws IOException {
    leave(loop, all());
  }

  static void leave(Loop loop, List<Peer> all) throws IOException {
    all.forEach(Peer::leave);
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!all.stream().allMatch(Peer::hasEnded) && System.nanoTime() < limit) {
      loop.turn(100);
    }
  }

  long sent() {
    return all().stream().mapToLong(Peer::sent).sum();
  }

  /** How many have not come by now. */
  long lost() {
    return all().stream().mapToLong(peer -> peer.lostOf(partnerOf(peer).sent())).sum();
  }

  private List<Peer> all() {
    List<Peer> all = new ArrayList<>(callers);
    all.addAll(callees);
    return all;
  }
}
