package dev.switchboard.signaling.socket;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many each holder has, up to a bound. Who has none is forgotten, so that there are never more
 * holders than things held. From any thread; two that take at once may both be refused the last
 * one.
 */
final class Quota<K> {

  private final ConcurrentMap<K, Integer> taken = new ConcurrentHashMap<>();
  private final int bound;

  Quota(int bound) {
    this.bound = bound;
  }

  /** Takes one, if there is one left for this holder. */
  boolean take(K holder) {
    if (taken.merge(holder, 1, Integer::sum) <= bound) {
      return true;
    }
    giveBack(holder);
    return false;
  }

  /** Gives back one that was taken. */
  void giveBack(K holder) {
    taken.computeIfPresent(holder, (_, many) -> many == 1 ? null : many - 1);
  }

  int holders() {
    return taken.size();
  }
}
