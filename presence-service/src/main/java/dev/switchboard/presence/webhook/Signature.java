package dev.switchboard.presence.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks says (specification 1.0.0, "Signature scheme"): with each secret the
 * HMAC-SHA256 of id, time and body. Any thread.
 */
final class Signature {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  private Signature(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /** With these secrets, one or more. */
  static Signature with(List<byte[]> secrets) {
    return new Signature(
        secrets.stream().map(secret -> new SecretKeySpec(secret, ALGORITHM)).toList());
  }

  /** The secret that is written so; nothing if it is malformed, too short or too long. */
  static Optional<byte[]> secret(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] secret = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return secret.length < SHORTEST || secret.length > LONGEST
          ? Optional.empty()
          : Optional.of(secret);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The value of {@code webhook-signature}.
   *
   * @param timestamp seconds since 1970
   */
  String of(String id, long timestamp, String body) {
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
  }

  private static String hmac(SecretKeySpec key, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
