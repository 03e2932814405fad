package dev.switchboard.turn.relay;

import dev.switchboard.turn.url.IceUrl;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The relays of a region. What is handed out is never empty: when the last url fails, it stays in
 * until any answers again, for a probe may be wrong where a browser is right.
 */
final class Pool {

  /** What a choice is made of: the urls of one relay that may be handed out. */
  private record Candidate(int weight, List<IceUrl> urls) {}

  private final String region;
  private final List<Relay> relays;
  private final int handedOut;
  private volatile List<Candidate> candidates;
  private volatile List<IceUrl> all;
  private volatile boolean lastKnown;

  Pool(String region, List<Relay> relays, int handedOut) {
    this.region = region;
    this.relays = List.copyOf(relays);
    this.handedOut = handedOut;
    this.candidates = usable();
    this.all = urls(candidates);
  }

  String region() {
    return region;
  }

  List<Relay> relays() {
    return relays;
  }

  /** Whether nothing answers, so that what answered last is handed out. */
  boolean isLastKnown() {
    return lastKnown;
  }

  /** Takes into account how the endpoints stand now. */
  synchronized void settle() {
    List<Candidate> usable = usable();
    lastKnown = usable.isEmpty();
    if (!lastKnown) {
      candidates = usable;
      all = urls(usable);
    }
  }

  /** The urls of as many relays as are handed out, the heavier the likelier, in random order. */
  List<IceUrl> pick(RandomGenerator random) {
    List<Candidate> from = candidates;
    if (from.size() <= handedOut) {
      return all;
    }
    // Efraimidis and Spirakis: the smallest of u^(1/w), here as logarithms, without replacement.
    record Ticket(double key, Candidate candidate) {}
    return from.stream()
        .map(candidate ->
            new Ticket(-Math.log(1 - random.nextDouble()) / candidate.weight(), candidate))
        .sorted(Comparator.comparingDouble(Ticket::key))
        .limit(handedOut)
        .flatMap(ticket -> ticket.candidate().urls().stream())
        .toList();
  }

  private List<Candidate> usable() {
    return relays.stream()
        .map(relay -> new Candidate(relay.weight(), relay.usable()))
        .filter(candidate -> !candidate.urls().isEmpty())
        .toList();
  }

  private static List<IceUrl> urls(List<Candidate> candidates) {
    return candidates.stream().flatMap(candidate -> candidate.urls().stream()).toList();
  }
}
