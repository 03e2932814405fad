package dev.switchboard.turn.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.ice4j.attribute.MessageIntegrityAttribute;
import org.ice4j.stack.StunStack;

/**
 * MESSAGE-INTEGRITY (RFC 8489, section 14.5) with the long-term key (section 9.2.2). ice4j's own
 * asks a {@code StunStack} for the key, with threads that a probe does not need.
 */
final class Integrity extends MessageIntegrityAttribute {

  private final byte[] key;

  Integrity(String username, String realm, String password) {
    this.key = md5(username + ":" + realm + ":" + password);
  }

  @Override
  public byte[] encode(StunStack stack, byte[] content, int offset, int length) {
    byte[] hmac = calculateHmacSha1(content, offset, length, key);
    return ByteBuffer.allocate(HEADER_LENGTH + DATA_LENGTH)
        .putChar(getAttributeType())
        .putChar(getDataLength())
        .put(hmac)
        .array();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
