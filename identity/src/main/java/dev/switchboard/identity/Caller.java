package dev.switchboard.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param realm the tenant it belongs to
 * @param name the peer its token names; empty for an anonymous caller in open mode
 * @param grants what it may do
 * @param expiresAt when its token ends; empty without a token
 */
public record Caller(
    Realm realm, Optional<String> name, Grants grants, Optional<Instant> expiresAt) {

  /** One who brought no token where none is needed. */
  public static Caller anonymous(Realm realm) {
    return new Caller(realm, Optional.empty(), Grants.ALL, Optional.empty());
  }

  /** Whether it may appear under {@code peer}: any name if anonymous, otherwise its own alone. */
  public boolean maySpeakAs(String peer) {
    return name.isEmpty() || name.get().equals(peer);
  }
}
