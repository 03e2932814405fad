package dev.switchboard.signaling.socket;

import dev.switchboard.testing.Freezer;
import dev.switchboard.testing.PackagedService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signaling-service as it is packaged, in a process of its own. */
final class Pod implements AutoCloseable {

  /** Generous: it is only ever waited out when a test fails. */
  private static final long PATIENCE_SECONDS = 90;

  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]*:(\\d+)");

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private Pod(Process process) {
    this.process = process;
    // Reading from a pipe pins a virtual thread, and there may be more pods than cores.
    Thread.ofPlatform().daemon().start(this::read);
  }

  /** Starts one on a port that is free, and returns once it listens. */
  static Pod start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("quarkus.http.host", "127.0.0.1");
    all.put("quarkus.http.port", "0");
    List<String> command = PackagedService.command(all);
    try {
      Pod pod = new Pod(new ProcessBuilder(command).redirectErrorStream(true).start());
      pod.port();
      return pod;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(1)));
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    } finally {
      port.completeExceptionally(new IllegalStateException("it ended: " + lines));
    }
  }

  private int port() {
    try {
      return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IllegalStateException("it does not listen: " + lines, e);
    }
  }

  URI socket(String path) {
    return URI.create("ws://127.0.0.1:" + port() + path);
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  List<String> lines() {
    return lines;
  }

  /** Stops it in its tracks, as a machine that swaps does. */
  void freeze() {
    Freezer.freeze(process.pid());
  }

  /** Lets it go on where it was. */
  void thaw() {
    Freezer.thaw(process.pid());
  }

  /** Ends it as a lost machine does. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Ends it as an orchestrator does. */
  @Override
  public void close() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it did not stop: " + lines);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
