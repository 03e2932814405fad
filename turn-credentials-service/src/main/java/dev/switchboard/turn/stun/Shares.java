package dev.switchboard.turn.stun;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections each source has open, by {@link SourcePrefix}. Who has none is not in it, so
 * it never has more entries than there are connections. Thread-safe; nothing in it waits.
 */
final class Shares {

  private final int share;
  private final Map<Long, Integer> taken = new HashMap<>();

  /**
   * Nobody has a connection yet.
   *
   * @param share how many a source may have, at least 1
   */
  Shares(int share) {
    this.share = share;
  }

  /** Takes one of a source's share; false if there is none left. */
  synchronized boolean take(InetAddress source) {
    long prefix = SourcePrefix.of(source);
    int before = taken.getOrDefault(prefix, 0);
    if (before >= share) {
      return false;
    }
    taken.put(prefix, before + 1);
    return true;
  }

  /** Gives one back that was taken. */
  synchronized void giveBack(InetAddress source) {
    taken.computeIfPresent(SourcePrefix.of(source), (_, before) -> before == 1 ? null : before - 1);
  }

  /** How many sources have a connection. */
  synchronized int sources() {
    return taken.size();
  }
}
