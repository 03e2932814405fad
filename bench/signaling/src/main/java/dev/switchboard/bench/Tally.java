package dev.switchboard.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was counted over all peers. For one thread. */
final class Tally {

  private final Map<Arrivals.Verdict, Long> verdicts = new EnumMap<>(Arrivals.Verdict.class);
  private long acknowledged;
  private long unexpected;
  private Optional<String> complaint = Optional.empty();

  void count(Arrivals.Verdict verdict) {
    verdicts.merge(verdict, 1L, Long::sum);
  }

  void countAcknowledgement() {
    acknowledged++;
  }

  /** A frame that nobody asked for, or a socket that ended. The first is kept. */
  void countUnexpected(String what) {
    unexpected++;
    if (complaint.isEmpty()) {
      complaint = Optional.of(what.substring(0, Math.min(200, what.length())));
    }
  }

  long of(Arrivals.Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** Whole messages that came to whom they were for, each once. */
  long delivered() {
    return of(Arrivals.Verdict.GOOD) + of(Arrivals.Verdict.EARLY) + of(Arrivals.Verdict.OVERTAKEN);
  }

  long acknowledged() {
    return acknowledged;
  }

  long unexpected() {
    return unexpected;
  }

  Optional<String> complaint() {
    return complaint;
  }
}
