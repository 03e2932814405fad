package dev.switchboard.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures by name, in the order in which they are printed: {@code name=figure name=figure}. */
final class Result {

  private final Map<String, String> figures = new LinkedHashMap<>();

  Result with(String name, long figure) {
    figures.put(name, String.valueOf(figure));
    return this;
  }

  Result with(String name, double figure) {
    figures.put(name, String.format(Locale.ROOT, "%.3f", figure));
    return this;
  }

  /** What happened between two moments. */
  Result with(Cost before, Cost after, long count) {
    return with("count", count)
        .with("seconds", after.secondsSince(before))
        .with("cpu", after.serversSince(before))
        .with("own", after.ownShareSince(before));
  }

  /** What went wrong in the whole run. */
  Result with(Tally tally, long lost) {
    return with("lost", lost)
        .with("overtaken", tally.of(Arrivals.Verdict.OVERTAKEN))
        .with("repeated", tally.of(Arrivals.Verdict.REPEATED))
        .with("misdelivered", tally.of(Arrivals.Verdict.MISDELIVERED))
        .with("altered", tally.of(Arrivals.Verdict.ALTERED))
        .with("unexpected", tally.unexpected());
  }

  @Override
  public String toString() {
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + "=" + figure.getValue())
        .collect(Collectors.joining(" "));
  }
}
