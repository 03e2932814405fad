package dev.switchboard.e2e.faults;

import dev.switchboard.client.history.Figures;
import dev.switchboard.client.history.Finding.Kind;
import dev.switchboard.client.history.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What faults did, as docs/faults.md has it. */
final class FaultTable {

  private static final List<String> HEAD =
      List.of(
          "| fault | times | sent | acknowledged | refused | unknown | undelivered | resumed | begun again | longest away"
              + " | lost | twice | out of order | ghosts | seen leaving | all findings |",
          "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");

  private final List<String> rows = new ArrayList<>();

  void add(String fault, int times, Verdict verdict) {
    Figures figures = verdict.figures();
    rows.add(
        "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %.1f s | %d | %d | %d | %d | %d | %d |"
            .formatted(
                fault,
                times,
                figures.sent(),
                figures.acknowledged(),
                figures.refused(),
                figures.unknown(),
                figures.undelivered(),
                figures.resumed(),
                figures.begunAgain(),
                figures.longestAway().toMillis() / 1000.0,
                verdict.count(Kind.LOST) + verdict.count(Kind.NOT_TOLD),
                verdict.count(Kind.TWICE),
                verdict.count(Kind.OUT_OF_ORDER),
                verdict.count(Kind.GHOST) + verdict.count(Kind.LEFT_TWICE),
                verdict.count(Kind.SEEN_LEAVING),
                verdict.findings().size()));
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(HEAD);
    lines.addAll(rows);
    Files.write(file, lines);
    lines.forEach(System.out::println);
  }
}
