package dev.switchboard.turn.ice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.turn.credential.Holder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;

/**
 * The peers that get no credential any more, as this pod knows them. What was issued before ends by
 * itself at its expiry; a revocation is kept for the longest life there is, by when all of it has
 * ended.
 *
 * <p>A full store takes no more rather than forget one: to forget would be to issue again.
 */
@ApplicationScoped
class Revocations {

  /** About ten megabytes at worst: a name that fits into a TURN user name has 508 characters. */
  static final int MOST = 10_000;

  private final Duration kept;
  private final Cache<Holder, Boolean> revoked;
  private final Policy.VarExpiration<Holder, Boolean> ends;

  @Inject
  Revocations(IceConfig config) {
    this(config.maxTtl(), Ticker.systemTicker());
  }

  Revocations(Duration kept, Ticker ticker) {
    this.kept = kept;
    this.revoked =
        Caffeine.newBuilder()
            .expireAfter(Expiry.<Holder, Boolean>writing((_, _) -> kept))
            .ticker(ticker)
            .build();
    this.ends = revoked.policy().expireVariably().orElseThrow();
  }

  /**
   * Stops further issue to a peer. Safe on any thread.
   *
   * @return whether it was taken; not if the store is full
   */
  boolean revoke(Holder holder) {
    return revoke(holder, kept);
  }

  /** The same for what is left of one that another pod took; it never shortens what is known. */
  boolean revoke(Holder holder, Duration left) {
    if (revoked.estimatedSize() >= MOST) {
      revoked.cleanUp();
    }
    if (revoked.estimatedSize() >= MOST && !isRevoked(holder)) {
      return false;
    }
    if (left(holder).compareTo(left) < 0) {
      var _ = ends.put(holder, true, left);
    }
    return true;
  }

  boolean isRevoked(Holder holder) {
    return revoked.getIfPresent(holder) != null;
  }

  /** How much longer one is kept; no time for who is not revoked. */
  Duration left(Holder holder) {
    return ends.getExpiresAfter(holder).orElse(Duration.ZERO);
  }

  /** All that are kept now. */
  Set<Holder> all() {
    return Set.copyOf(revoked.asMap().keySet());
  }
}
