package dev.switchboard.bench;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * So many messages a second, whatever the server does. The latency of each counts from when it was
 * due, so that a server which stalls does not hide it.
 */
final class SteadyRate implements Peer.Lead {

  private static final long MOST = 60_000_000_000L;

  /** How many of one side may be on their way. */
  private static final int UNDER_WAY = 4096;

  private final Plan plan;
  private final Tally tally = new Tally();
  private final Histogram latencies = new Histogram(MOST, 3);
  // When each was due, by side, pair and number.
  private final long[][] due;
  private long begin = Long.MAX_VALUE;
  private long end = Long.MAX_VALUE;

  SteadyRate(Plan plan) {
    this.plan = plan;
    this.due = new long[plan.count() * 2][UNDER_WAY];
  }

  /** Runs it, on this thread. */
  Result run(Loop loop, String run) throws IOException {
    Pairs pairs = new Pairs(plan.dialect(), tally, this, run, plan.count());
    pairs.logIn(loop, plan.addresses());
    long interval = 1_000_000_000L / plan.rate();
    long start = System.nanoTime();
    begin = start + plan.warm().toNanos();
    end = begin + plan.length().toNanos();
    long next = start;
    long messages = 0;
    Cost before = Cost.now(loop, plan.watched());
    boolean warm = false;
    while (next < end) {
      long now = System.nanoTime();
      if (!warm && now >= begin) {
        warm = true;
        before = Cost.now(loop, plan.watched());
      }
      loop.spin();
      long begun = System.nanoTime();
      if (next <= begun) {
        send(pairs, messages++, next);
        next += interval;
        loop.busySince(begun);
      }
    }
    Cost after = Cost.now(loop, plan.watched());
    long limit = System.nanoTime() + plan.patience().toNanos();
    while (System.nanoTime() < limit && pairs.lost() > 0) {
      loop.turn(10);
    }
    Result result =
        new Result()
            .with(before, after, latencies.getTotalCount())
            .with("p50", latencies.getValueAtPercentile(50) / 1e3)
            .with("p99", latencies.getValueAtPercentile(99) / 1e3)
            .with("p999", latencies.getValueAtPercentile(99.9) / 1e3)
            .with("sent", pairs.sent())
            .with(tally, pairs.lost());
    pairs.leave(loop);
    return result;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void loggedIn(Peer peer) {}

  @Override
  public void received(Peer peer) {
    long since = due[place(peer.pair(), peer.side().other())][(int) (peer.newest() % UNDER_WAY)];
    if (since >= begin && since < end) {
      latencies.recordValue(Math.min(System.nanoTime() - since, MOST));
    }
  }

  private void send(Pairs pairs, long message, long when) {
    int pair = (int) (message % pairs.count());
    Side side = message / pairs.count() % 2 == 0 ? Side.CALLER : Side.CALLEE;
    Peer peer = pairs.of(pair, side);
    due[place(pair, side)][(int) (peer.sent() % UNDER_WAY)] = when;
    peer.send();
  }

  private static int place(int pair, Side side) {
    return pair * 2 + (side == Side.CALLER ? 0 : 1);
  }
}
