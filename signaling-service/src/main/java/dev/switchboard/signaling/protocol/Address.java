package dev.switchboard.signaling.protocol;

/**
 * Where a peer can be reached.
 *
 * @param realm the tenant; nothing crosses realms
 * @param scope a dialect's part of the realm, so that equal names in two dialects do not meet
 * @param name the peer's name, as {@link PeerName} allows it
 */
public record Address(String realm, String scope, String name) implements Destination {

  /** The peer called {@code other} in this peer's realm and scope. */
  public Address sibling(String other) {
    return new Address(realm, scope, other);
  }
}
