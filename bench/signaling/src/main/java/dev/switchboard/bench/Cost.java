package dev.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has been used up at one moment.
 *
 * @param nanos of the clock
 * @param own nanoseconds in which the load had something to do
 * @param servers seconds of CPU of the processes that are watched, in the kernel and outside it
 */
record Cost(long nanos, long own, double servers) {

  /** Of a second; Linux says so to every program (USER_HZ). */
  private static final double TICK = 0.01;

  static Cost now(Loop loop, List<Long> watched) throws IOException {
    double servers = 0;
    for (long pid : watched) {
      servers += secondsOf(pid);
    }
    return new Cost(System.nanoTime(), loop.busy(), servers);
  }

  double secondsSince(Cost earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }

  double serversSince(Cost earlier) {
    return servers - earlier.servers;
  }

  /** Seconds of CPU of the servers, or of the clock where none is watched. */
  double workSince(Cost earlier) {
    return servers == 0 ? secondsSince(earlier) : serversSince(earlier);
  }

  /** In which share of the time the load had something to do. */
  double ownShareSince(Cost earlier) {
    return (own - earlier.own) / (double) (nanos - earlier.nanos);
  }

  private static double secondsOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name of the program may have spaces in it; it ends with the last bracket.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
  }
}
