package dev.switchboard.signaling.directory;

import dev.switchboard.bus.Pipeline;
import dev.switchboard.bus.Script;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This node's sign of life in Redis, and who else gives one. Redis' clock decides who is dead; this
 * node's own only says how long it may believe that it is not.
 */
final class Lease {

  private static final Script BEAT = Script.of(Lease.class, "beat.lua");
  private static final Script FORGET = Script.of(Lease.class, "forget.lua");
  private static final long NEVER = Long.MIN_VALUE;

  private final String node;
  private final Duration length;
  private final Pipeline outside;
  private volatile String epoch = "";
  private final AtomicLong heldUntil = new AtomicLong(NEVER);

  /**
   * @param outside for keys that belong to no realm
   */
  Lease(String node, Duration length, Pipeline outside) {
    this.node = node;
    this.length = length;
    this.outside = outside;
  }

  /** Whether nobody can have taken this node for dead yet. */
  boolean isHeld() {
    long until = heldUntil.get();
    return until != NEVER && System.nanoTime() - until < 0;
  }

  /** Whether it was ever held. */
  boolean wasHeld() {
    return heldUntil.get() != NEVER;
  }

  /** What the last beat found; empty before the first. */
  String epoch() {
    return epoch;
  }

  /** Renews it. */
  Uni<View> beat() {
    return beat(length);
  }

  /** Ends it: the others sweep what this node has left. */
  Uni<View> end() {
    return beat(Duration.ZERO);
  }

  private Uni<View> beat(Duration until) {
    return Uni.createFrom()
        .deferred(() -> {
          long asked = System.nanoTime();
          return outside
              .run(
                  BEAT,
                  List.of(PlaceKeys.LEASES),
                  () -> List.of(node, Long.toString(until.toMillis()), SessionId.fresh().value()))
              .map(Lease::view)
              .invoke(view -> {
                epoch = view.epoch();
                heldUntil.set(asked + until.toNanos());
              });
        });
  }

  private static View view(Response response) {
    Set<String> alive = new HashSet<>();
    Set<String> dead = new HashSet<>();
    for (int i = 2; i + 1 < response.size(); i += 2) {
      (response.get(i + 1).toInteger() == 0 ? dead : alive).add(response.get(i).toString());
    }
    return new View(response.get(0).toString(), Set.copyOf(alive), Set.copyOf(dead));
  }

  /** A node that died has been swept everywhere. */
  Uni<Void> forget(String dead) {
    return outside.run(FORGET, List.of(PlaceKeys.LEASES), () -> List.of(dead)).replaceWithVoid();
  }

  /**
   * What a beat showed.
   *
   * @param epoch another one if Redis has lost its data since
   * @param alive the other nodes that give a sign of life
   * @param dead those that do not, and are not swept yet
   */
  record View(String epoch, Set<String> alive, Set<String> dead) {}
}
