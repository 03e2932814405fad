package dev.switchboard.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what runs of this working copy left behind, by their ids, and nothing else. */
final class Down {

  private static final long GRACE_SECONDS = 15;

  private final Layout layout;
  private final PrintWriter out;

  Down(Layout layout, PrintWriter out) {
    this.layout = layout;
    this.out = out;
  }

  int run() {
    try {
      List<Path> runs = RunFile.all(layout);
      for (Path run : runs) {
        end(run);
      }
      if (runs.isEmpty()) {
        out.println("nothing is running");
      }
      return 0;
    } catch (IOException e) {
      out.println("switchboard: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** The launcher stands first and stops the others by itself; where it is gone, they are asked. */
  private void end(Path run) throws IOException, InterruptedException {
    List<ProcessHandle> living = RunFile.living(run);
    for (ProcessHandle process : living) {
      process.destroy();
      if (!ended(process)) {
        process.destroyForcibly();
      }
    }
    Files.deleteIfExists(run);
    out.println(
        living.isEmpty()
            ? "port " + run.getFileName() + ": nothing was left"
            : "port " + run.getFileName() + ": stopped");
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(GRACE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    }
  }
}
