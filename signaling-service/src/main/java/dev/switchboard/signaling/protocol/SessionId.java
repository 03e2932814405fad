package dev.switchboard.signaling.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names one session of a peer, across all nodes and for ever.
 *
 * @param value 22 characters of base64url: 128 bits that cannot be guessed
 */
public record SessionId(String value) {

  private static final int BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** An id that nobody had before. */
  public static SessionId fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return of(bytes);
  }

  /**
   * The id of whoever knows {@code secret}, the same each time and at every node. It tells nothing
   * about the secret.
   */
  public static SessionId ofSecret(String realm, String scope, String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((realm + '\n' + scope + '\n' + secret).getBytes(StandardCharsets.UTF_8));
      return of(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static SessionId of(byte[] bytes) {
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
