package dev.switchboard.identity;

import java.util.Optional;

/**
 * A server that speaks for the peers of a realm.
 *
 * @param id which API key it brought
 * @param realm the tenant it belongs to
 * @param names the peers it may speak for
 */
public record Backend(String id, Realm realm, NamePattern names) {

  /** Whether it may speak for this peer. */
  public boolean maySpeakFor(String peer) {
    return names.matches(peer);
  }

  /** The peer as a caller; whether the backend {@link #maySpeakFor} it is asked before. */
  public Caller as(String peer) {
    return new Caller(realm, Optional.of(peer), Grants.ALL, Optional.empty());
  }
}
