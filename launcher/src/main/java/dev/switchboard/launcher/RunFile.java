package dev.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which processes a run consists of: one line each, the id and when it started, the launcher first.
 * An id alone would not do: after a while the system gives it to somebody else.
 */
final class RunFile {

  private RunFile() {}

  static Path of(Layout layout, int port) {
    return layout.runs().resolve(String.valueOf(port));
  }

  /** Notes that {@code process} belongs to the run at {@code port}. */
  static void write(Layout layout, int port, ProcessHandle process) throws IOException {
    Files.createDirectories(layout.runs());
    String line = process.pid() + " " + startOf(process) + "\n";
    Path file = of(layout, port);
    if (!Files.exists(file) || !Files.readString(file).contains(line)) {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** The processes of a run that are still there. */
  static List<ProcessHandle> living(Path file) throws IOException {
    return Files.readAllLines(file).stream().flatMap(line -> living(line).stream()).toList();
  }

  /** Every run that left a file. */
  static List<Path> all(Layout layout) throws IOException {
    if (!Files.isDirectory(layout.runs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(layout.runs())) {
      return files.sorted().toList();
    }
  }

  private static Optional<ProcessHandle> living(String line) {
    String[] words = line.split(" ", 2);
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(words[1]));
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("-");
  }
}
