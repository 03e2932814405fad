package dev.switchboard.client.history;

import java.util.List;
import java.util.stream.Collectors;

/** What histories show: nothing, or what was not kept. */
public record Verdict(List<Finding> findings, Figures figures) {

  private static final int MOST_PRINTED = 20;

  public boolean isClean() {
    return findings.isEmpty();
  }

  /** How many findings there are of a kind. */
  public long count(Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  @Override
  public String toString() {
    return findings.stream()
        .limit(MOST_PRINTED)
        .map(finding -> finding.kind() + ": " + finding.says())
        .collect(
            Collectors.joining("\n  ", findings.size() + " findings, " + figures + "\n  ", "\n"));
  }
}
