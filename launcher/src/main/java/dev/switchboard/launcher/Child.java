package dev.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that this run started, and its log. */
final class Child {

  private static final long GRACE_SECONDS = 10;

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts {@code command}; what it prints goes to {@code log}. */
  static Child start(String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new Child(name, builder.start(), log);
  }

  String name() {
    return name;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; true if it ended within the time. */
  boolean ended(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Whether its log has a line with {@code word} in it. */
  boolean hasSaid(String word) throws IOException {
    return Files.exists(log) && Files.readString(log).contains(word);
  }

  /** The last thing it said, and where the rest is. */
  String lastWords() {
    try {
      Optional<String> line =
          Files.readAllLines(log).reversed().stream().filter(text -> !text.isBlank()).findFirst();
      return line.orElse("it said nothing") + " (" + log + ")";
    } catch (IOException e) {
      return "see " + log;
    }
  }

  /** Asks it to end, and insists if it does not. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
