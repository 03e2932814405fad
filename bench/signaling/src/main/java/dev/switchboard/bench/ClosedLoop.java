package dev.switchboard.bench;

import java.io.IOException;

/** As fast as the server can: a message goes out when one of its pair has come in. */
final class ClosedLoop implements Peer.Lead {

  private final Plan plan;
  private final Tally tally = new Tally();
  private boolean sending = true;

  ClosedLoop(Plan plan) {
    this.plan = plan;
  }

  /** Runs it, on this thread. Returns the figures, and who complained to {@code tally}. */
  Result run(Loop loop, String run) throws IOException {
    Pairs pairs = new Pairs(plan.dialect(), tally, this, run, plan.count());
    pairs.logIn(loop, plan.addresses());
    for (int pair = 0; pair < pairs.count(); pair++) {
      for (int i = 0; i < plan.window(); i++) {
        pairs.of(pair, i % 2 == 0 ? Side.CALLER : Side.CALLEE).send();
      }
    }
    loop.turnFor(plan.warm(), plan.watched());
    Cost before = Cost.now(loop, plan.watched());
    long deliveredBefore = tally.delivered();
    Cost after = loop.turnFor(plan.length(), plan.watched());
    long count = tally.delivered() - deliveredBefore;

    sending = false;
    boolean acknowledges = !plan.dialect().acknowledgement().isEmpty();
    long limit = System.nanoTime() + plan.patience().toNanos();
    while (System.nanoTime() < limit
        && (pairs.lost() > 0 || (acknowledges && tally.acknowledged() < pairs.sent()))) {
      loop.turn(10);
    }
    Result result =
        new Result()
            .with(before, after, count)
            .with("sent", pairs.sent())
            .with("unanswered", acknowledges ? pairs.sent() - tally.acknowledged() : 0)
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
    if (sending) {
      peer.send();
    }
  }
}
