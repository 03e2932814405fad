package dev.switchboard.e2e.faults;

import dev.switchboard.client.history.Entry;
import dev.switchboard.client.history.Finding.Kind;
import dev.switchboard.client.history.History;
import dev.switchboard.client.history.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What is kept of a run that went wrong: all findings, what each client lived through, all logs.
 */
final class Evidence {

  private Evidence() {}

  /**
   * Fails if there are findings of other kinds than these. All that is known is then in a file in
   * {@code target/faults}.
   */
  static void assertThatOnly(
      String fault, Verdict verdict, Load load, Pods pods, Kind... accepted) {
    if (verdict.findings().stream().anyMatch(it -> !List.of(accepted).contains(it.kind()))) {
      Path file =
          Path.of("target", "faults", fault.replaceAll("[^A-Za-z0-9]+", "-") + ".txt")
              .toAbsolutePath();
      try {
        Files.createDirectories(file.getParent());
        write(file, verdict, load.histories(), pods);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw new AssertionError(verdict + "see " + file);
    }
  }

  private static void write(Path file, Verdict verdict, List<History> histories, Pods pods)
      throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println(verdict.figures());
      verdict
          .findings()
          .forEach(finding -> {
            out.println(finding.kind() + ": " + finding.says());
            finding.evidence().forEach(entry -> out.println("    " + at(entry)));
          });
      for (History history : histories) {
        out.println("== " + history.peer());
        history.entries().forEach(entry -> out.println(at(entry)));
      }
      for (int i = 0; i < pods.size(); i++) {
        out.println("== pod " + i + " " + pods.get(i).socket());
        pods.get(i).lines().forEach(out::println);
      }
    }
  }

  /** Entries have the monotonic clock's time, logs the time of day. */
  private static String at(Entry entry) {
    Instant moment = Instant.now().minusNanos(System.nanoTime() - entry.at());
    return LocalTime.ofInstant(moment, ZoneId.systemDefault()) + " " + entry;
  }
}
