package dev.switchboard.signaling.switchboard;

import java.util.HashSet;
import java.util.Set;

/**
 * This end's half of a session's calls: the names it is tied to. Guarded by the session that owns
 * it; empty, it takes no memory.
 */
final class Partners {

  /** The most partners at a time. One is a call; the rest is ringing. */
  static final int MAX = 32;

  private Set<String> names = Set.of();

  /** Makes a partner of {@code peer}. */
  Tie tie(String peer) {
    if (names.contains(peer)) {
      return Tie.HELD;
    }
    if (names.size() >= MAX) {
      return Tie.FULL;
    }
    if (names.isEmpty()) {
      names = HashSet.newHashSet(1);
    }
    names.add(peer);
    return Tie.MADE;
  }

  /** Whether {@code peer} was a partner; it is none from now on. */
  boolean untie(String peer) {
    return !names.isEmpty() && names.remove(peer);
  }

  /** Lets go of all partners and tells who they were. */
  Set<String> untieAll() {
    Set<String> all = names;
    names = Set.of();
    return all;
  }

  /** What came of making a partner. */
  enum Tie {
    /** A new one. */
    MADE,
    /** It was one already. */
    HELD,
    /** There is no room for another. */
    FULL
  }
}
