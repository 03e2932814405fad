package dev.switchboard.turn.ice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.turn.credential.Holder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * The peers that get no credential any more, in this pod. What was issued before ends by itself at
 * its expiry; a revocation is kept for the longest life there is, by when all of it has ended.
 *
 * <p>A full store takes no more rather than forget one: to forget would be to issue again.
 */
@ApplicationScoped
public class Revocations {

  /** About ten megabytes at worst: a name that fits into a TURN user name has 508 characters. */
  static final int MOST = 10_000;

  private final Cache<Holder, Boolean> revoked;

  @Inject
  Revocations(IceConfig config) {
    this(config.maxTtl(), Ticker.systemTicker());
  }

  Revocations(Duration kept, Ticker ticker) {
    this.revoked = Caffeine.newBuilder().expireAfterWrite(kept).ticker(ticker).build();
  }

  /**
   * Stops further issue to a peer. Safe on any thread.
   *
   * @return whether it was taken; not if the store is full
   */
  public boolean revoke(Holder holder) {
    if (revoked.estimatedSize() >= MOST) {
      revoked.cleanUp();
    }
    if (revoked.estimatedSize() >= MOST && !isRevoked(holder)) {
      return false;
    }
    revoked.put(holder, true);
    return true;
  }

  boolean isRevoked(Holder holder) {
    return revoked.getIfPresent(holder) != null;
  }
}
