package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** FINGERPRINT (RFC 8489, section 14.7). */
final class Fingerprint {

  /** {@code STUN}, so that it differs from the CRC of a protocol that carries this one. */
  private static final int MASK = 0x5354554E;

  private Fingerprint() {}

  /** The value for a message whose FINGERPRINT begins at {@code end}; the length counts it. */
  static int of(ByteBuffer message, int end) {
    CRC32 crc = new CRC32();
    crc.update(message.slice(0, end));
    return (int) crc.getValue() ^ MASK;
  }
}
