package dev.switchboard.turn.credential;

/** What the {@link Mint} answers. */
public sealed interface Minted {

  /** Here it is. */
  record Signed(Credential credential) implements Minted {}

  /** Realm and peer, percent-encoded, do not fit into a STUN user name. */
  record NameTooLong() implements Minted {}

  /** No secret is valid. */
  record NoSecret() implements Minted {}
}
