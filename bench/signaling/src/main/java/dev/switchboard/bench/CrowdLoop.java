package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Rooms in each of which one speaks: as fast as the server can, for the next message goes out when
 * all others in the room have the one before. Counts deliveries.
 */
final class CrowdLoop implements Peer.Lead {

  private final Plan plan;
  private final Tally tally = new Tally();
  private final List<Crowd> crowds = new ArrayList<>();
  private boolean sending = true;

  CrowdLoop(Plan plan) {
    this.plan = plan;
  }

  /** Runs it, on this thread. Returns the figures, and who complained to {@code tally}. */
  Result run(Loop loop, String run) throws IOException {
    for (int room = 0; room < plan.count(); room++) {
      crowds.add(crowd(run, room));
    }
    List<Peer> all = crowds.stream().flatMap(crowd -> crowd.all().stream()).toList();
    Pairs.logIn(loop, all, tally, peer -> addressOf(all.indexOf(peer)));
    crowds.forEach(crowd -> crowd.speaker.send());

    loop.turnFor(plan.warm(), plan.watched());
    Cost before = Cost.now(loop, plan.watched());
    long deliveredBefore = tally.delivered();
    Cost after = loop.turnFor(plan.length(), plan.watched());
    long count = tally.delivered() - deliveredBefore;

    sending = false;
    long limit = System.nanoTime() + plan.patience().toNanos();
    while (System.nanoTime() < limit && lost() > 0) {
      loop.turn(10);
    }
    Result result =
        new Result()
            .with(before, after, count)
            .with("sent", crowds.stream().mapToLong(crowd -> crowd.speaker.sent()).sum())
            .with(tally, lost());
    Pairs.leave(loop, all);
    return result;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void loggedIn(Peer peer) {}

  @Override
  public void received(Peer peer) {
    if (crowds.get(peer.pair()).hasHeardAll() && sending) {
      crowds.get(peer.pair()).speaker.send();
    }
  }

  private Crowd crowd(String run, int room) {
    String speaker = Side.CALLER.name(run, room);
    String listener = Side.CALLEE.name(run, room);
    List<Peer> listeners = new ArrayList<>();
    for (int i = 1; i < plan.members(); i++) {
      listeners.add(
          new Peer(plan.dialect(), tally, this, room, Side.CALLEE, listener + i, speaker));
    }
    return new Crowd(
        new Peer(plan.dialect(), tally, this, room, Side.CALLER, speaker, listener), listeners);
  }

  /** The members of a room are spread over all nodes. */
  private InetSocketAddress addressOf(int member) {
    return plan.addresses().get(member % plan.addresses().size());
  }

  private long lost() {
    return crowds.stream().mapToLong(Crowd::lost).sum();
  }

  /** One who speaks, and all who listen. */
  private static final class Crowd {
    private final Peer speaker;
    private final List<Peer> listeners;
    private int heard;

    private Crowd(Peer speaker, List<Peer> listeners) {
      this.speaker = speaker;
      this.listeners = listeners;
    }

    private List<Peer> all() {
      List<Peer> all = new ArrayList<>(listeners);
      all.add(speaker);
      return all;
    }

    /** Counts one who has heard the last message. */
    private boolean hasHeardAll() {
      heard++;
      if (heard < listeners.size()) {
        return false;
      }
      heard = 0;
      return true;
    }

    private long lost() {
      return listeners.stream().mapToLong(peer -> peer.lostOf(speaker.sent())).sum();
    }
  }
}
