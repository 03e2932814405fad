package dev.switchboard.turn.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that TURN servers share, and when it counts.
 *
 * @param value what coturn calls {@code static-auth-secret}
 * @param notBefore from when on it signs
 * @param notAfter from when on it is worth nothing
 */
record Secret(String value, Instant notBefore, Instant notAfter) {

  private static final String ALGORITHM = "HmacSHA1";
  private static final int LEAST_CHARACTERS = 16;

  static Secret always(String value) {
    return new Secret(value, Instant.MIN, Instant.MAX);
  }

  static Secret during(String value, Optional<Instant> notBefore, Optional<Instant> notAfter) {
    return new Secret(value, notBefore.orElse(Instant.MIN), notAfter.orElse(Instant.MAX));
  }

  boolean isGuessable() {
    return value.length() < LEAST_CHARACTERS;
  }

  /** Whether a credential of it would be good for a second at least. */
  boolean signsAt(Instant now) {
    return !now.isBefore(notBefore) && !isOverAt(now.plusSeconds(1));
  }

  /** Whether no TURN server needs it any more. */
  boolean isOverAt(Instant now) {
    return now.isAfter(notAfter);
  }

  String sign(String username) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA1", e);
    }
  }

  /** Without the value, which belongs in no log. */
  @Override
  public String toString() {
    return "Secret[" + notBefore + ".." + notAfter + "]";
  }
}
