package dev.switchboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Stops processes in their tracks, as a machine that swaps does: connections stay, and nothing is
 * answered. Needs {@code kill}.
 */
public final class Freezer {

  private Freezer() {}

  public static void freeze(long pid) {
    signal("STOP", pid);
  }

  /** Lets it go on where it was. */
  public static void thaw(long pid) {
    signal("CONT", pid);
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
