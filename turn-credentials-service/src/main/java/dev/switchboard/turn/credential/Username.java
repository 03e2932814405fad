package dev.switchboard.turn.credential;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes names so that no separator can slip in. */
final class Username {

  /** STUN's USERNAME is shorter than 509 bytes (RFC 8489, 14.3). */
  static final int MOST_BYTES = 508;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Username() {}

  /** All of it is ASCII, so its length in characters is its length in bytes. */
  static String of(long expiry, String realm, String peer) {
    return expiry + ":" + encode(realm) + "/" + encode(peer);
  }

  /** Percent-encodes every byte but RFC 3986's unreserved characters: two names never meet. */
  static String encode(String name) {
    StringBuilder encoded = new StringBuilder(name.length());
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        HEX.toHexDigits(encoded.append('%'), b);
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-._~".indexOf(b) >= 0;
  }
}
