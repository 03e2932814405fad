package dev.switchboard.signaling.directory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The other nodes, from one beat to the next: another one may have swept and forgotten a node
 * before this one saw it dead. Not safe for several threads at once.
 */
final class Neighbours {

  private final Duration lease;
  private final Set<String> known = new HashSet<>();
  private String epoch = "";
  private long trustedFrom = System.nanoTime();

  Neighbours(Duration lease) {
    this.lease = lease;
  }

  /** Those that were there and are not any longer. */
  Set<String> missing(Lease.View view) {
    known.addAll(view.alive());
    if (!view.epoch().equals(epoch)) {
      // Redis has lost its data: who lives has a lease's time to say so.
      epoch = view.epoch();
      trustedFrom = System.nanoTime() + lease.toNanos();
    }
    if (System.nanoTime() - trustedFrom < 0) {
      return Set.of();
    }
    Set<String> missing = new HashSet<>(known);
    missing.removeAll(view.alive());
    known.removeAll(missing);
    return missing;
  }
}
