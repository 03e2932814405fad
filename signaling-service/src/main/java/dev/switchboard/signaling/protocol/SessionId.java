package dev.switchboard.signaling.protocol;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Names one attachment of a peer, across all nodes and for ever.
 *
 * @param value 22 characters of base64url: 128 random bits, so it cannot be guessed
 */
public record SessionId(String value) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** An id that nobody had before. */
  public static SessionId fresh() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
