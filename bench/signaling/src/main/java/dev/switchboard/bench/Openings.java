package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sockets that open and log in, as many at once as {@link Pairs} lets in: all of them, time and
 * again. What it costs that they leave is not counted.
 */
final class Openings implements Peer.Lead {

  private final Plan plan;
  private final Tally tally = new Tally();
  private int batches;

  Openings(Plan plan) {
    this.plan = plan;
  }

  /** Runs it, on this thread. */
  Result run(Loop loop, String run) throws IOException {
    Cost start = Cost.now(loop, plan.watched());
    do {
      enter(loop, run).leave(loop);
    } while (Cost.now(loop, plan.watched()).workSince(start) < plan.warm().toMillis() / 1e3);
    double seconds = 0;
    double cpu = 0;
    double own = 0;
    long count = 0;
    do {
      Cost before = Cost.now(loop, plan.watched());
      Pairs pairs = enter(loop, run);
      Cost after = Cost.now(loop, plan.watched());
      count += 2L * pairs.count();
      seconds += after.secondsSince(before);
      cpu += after.serversSince(before);
      own += after.ownShareSince(before) * after.secondsSince(before);
      pairs.leave(loop);
    } while ((plan.watched().isEmpty() ? seconds : cpu) < plan.length().toMillis() / 1e3);
    return new Result()
        .with("count", count)
        .with("seconds", seconds)
        .with("cpu", cpu)
        .with("own", own / seconds)
        .with(tally, 0);
  }

  /** Has everybody log in and stay until {@code end} says so. */
  void hold(Loop loop, String run, End end) throws IOException {
    Pairs pairs = enter(loop, run);
    end.open();
    while (!end.hasCome()) {
      loop.turn(100);
    }
    pairs.leave(loop);
  }

  /** When those who wait may leave. */
  interface End {
    /** Everybody is in. */
    void open() throws IOException;

    boolean hasCome() throws IOException;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void loggedIn(Peer peer) {}

  @Override
  public void received(Peer peer) {}

  private Pairs enter(Loop loop, String run) throws IOException {
    // No two batches share a name: the server may still be busy with the last.
    String names = run + "-" + batches++;
    Pairs pairs = new Pairs(plan.dialect(), tally, this, names, plan.count());
    List<InetSocketAddress> addresses = plan.addresses();
    pairs.logIn(loop, addresses);
    return pairs;
  }
}
