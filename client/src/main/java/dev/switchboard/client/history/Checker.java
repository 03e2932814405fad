package dev.switchboard.client.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides over the histories of all clients of a run. They must be of one machine and one run, and
 * their stamps unique in it; who takes part without a history is not judged.
 */
public final class Checker {

  private Checker() {}

  /** All that was not kept. The same histories give the same verdict. */
  public static Verdict check(List<History> histories, Bounds bounds) {
    List<Message> messages =
        histories.stream().flatMap(history -> Message.of(history).stream()).toList();
    List<Life> lives = histories.stream().flatMap(history -> Life.of(history).stream()).toList();
    List<Stay> stays = stays(lives);
    List<Finding> findings = new ArrayList<>();
    for (History history : histories) {
      if (!history.whole()) {
        findings.add(
            Finding.of(Finding.Kind.INCOMPLETE, history.peer() + " did more than is kept"));
      }
      for (Entry.Missed missed : history.all(Entry.Missed.class)) {
        findings.add(Finding.of(Finding.Kind.GAP, history.peer() + " missed frames", missed));
      }
    }
    findings.addAll(new Arrivals(messages, lives).findings());
    findings.addAll(new Losses(messages, lives, stays, bounds).findings());
    findings.addAll(new Departures(lives, stays, bounds).findings());
    return new Verdict(List.copyOf(findings), Figures.of(histories, messages, lives));
  }

  private static List<Stay> stays(List<Life> lives) {
    Map<String, Map<String, List<Long>>> seenLeaving = new HashMap<>();
    for (Life life : lives) {
      for (Entry.PeerLeft left : life.all(Entry.PeerLeft.class)) {
        seenLeaving
            .computeIfAbsent(left.session(), _ -> new HashMap<>())
            .computeIfAbsent(left.room(), _ -> new ArrayList<>())
            .add(left.at());
      }
    }
    return lives.stream()
        .flatMap(life -> Stay.of(life, seenLeaving.getOrDefault(life.session(), Map.of())).stream())
        .toList();
  }
}
