package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.directory.Location;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This end's half of a session's calls: the names it is tied to, and where each of them is. Guarded
 * by the session that owns it; empty, it takes no memory.
 */
final class Partners {

  /** The most partners at a time. One is a call; the rest is ringing. */
  static final int MAX = 32;

  private Map<String, Tie> ties = Map.of();

  /** Whether there is room for {@code peer}, who may be a partner already. */
  boolean haveRoomFor(String peer) {
    return ties.size() < MAX || ties.containsKey(peer);
  }

  /** Where the partner {@code peer} is, or null if there is no such partner. */
  @Nullable Location find(String peer) {
    Tie tie = ties.get(peer);
    return tie == null ? null : tie.where();
  }

  /** This end has called {@code peer}. */
  void call(String peer, Location where) {
    Tie tie = ties.get(peer);
    var _ = put(peer, new Tie(where, tie != null && tie.mutual(), System.nanoTime()));
  }

  /**
   * {@code peer} has called, or has taken the call.
   *
   * @return how long ago this end called, if it did since it last heard
   */
  Optional<Duration> hear(String peer, Location where) {
    Tie tie = put(peer, new Tie(where, true, 0));
    return tie == null || tie.called() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - tie.called()));
  }

  private @Nullable Tie put(String peer, Tie tie) {
    if (ties.isEmpty()) {
      ties = HashMap.newHashMap(1);
    }
    return ties.put(peer, tie);
  }

  /** Where {@code peer} was, who is no partner from now on; null if it was none. */
  @Nullable Location untie(String peer) {
    Tie tie = ties.isEmpty() ? null : ties.remove(peer);
    return tie == null ? null : tie.where();
  }

  /**
   * A call has not reached {@code peer}. Who never had the tie cannot end it, so it ends here; who
   * has it will.
   */
  void giveUp(String peer) {
    Tie tie = ties.get(peer);
    if (tie != null && !tie.mutual()) {
      ties.remove(peer);
    }
  }

  /** Lets go of all partners and tells where they were. */
  Map<String, Location> untieAll() {
    if (ties.isEmpty()) {
      return Map.of();
    }
    Map<String, Location> all = HashMap.newHashMap(ties.size());
    ties.forEach((peer, tie) -> all.put(peer, tie.where()));
    ties = Map.of();
    return all;
  }

  /** Lets go of the partners at {@code node} and tells who they were. */
  List<String> untieAllAt(String node) {
    List<String> gone =
        ties.entrySet().stream()
            .filter(tie -> tie.getValue().where().node().equals(node))
            .map(Map.Entry::getKey)
            .toList();
    gone.forEach(ties::remove);
    return gone;
  }

  /**
   * @param mutual whether the partner is known to have its half
   * @param called the nano time of this end's call, until the partner is heard; otherwise 0
   */
  private record Tie(Location where, boolean mutual, long called) {}
}
