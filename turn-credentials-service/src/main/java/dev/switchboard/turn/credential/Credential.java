package dev.switchboard.turn.credential;

import java.time.Instant;

/**
 * What a TURN server asks for.
 *
 * @param username {@code <expiry>:<realm>/<peer>}, the expiry in seconds since 1970, realm and peer
 *     percent-encoded
 * @param password base64 of the HMAC-SHA1 over the user name
 * @param expiresAt when a TURN server stops taking it for new allocations and refreshes
 */
public record Credential(String username, String password, Instant expiresAt) {

  /** The user name alone: a password belongs in no log. */
  @Override
  public String toString() {
    return "Credential[" + username + "]";
  }
}
