package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import org.ice4j.message.Message;

/**
 * What the 20-byte header says about the message behind it (RFC 8489, section 5). A datagram is
 * held against it; a stream is cut by it (section 6.2.2).
 */
final class Frame {

  /** What STUN may fill of an Ethernet; no request is longer, so no buffer needs to be. */
  static final int LONGEST = 1500;

  static final int MAGIC_COOKIE = 0x2112A442;

  /** Where the 12 bytes of the transaction id begin. */
  static final int TRANSACTION_ID_AT = 8;

  private Frame() {}

  /** Whether there is a whole header at the buffer's start, and it is STUN's. */
  static boolean isStun(ByteBuffer message) {
    return message.limit() >= Message.HEADER_LENGTH
        && (message.get(0) & 0xC0) == 0
        && (message.getChar(2) & 3) == 0
        && message.getInt(4) == MAGIC_COOKIE;
  }

  /** How long it says that the whole message is, 20 to 65 552; not to be believed. */
  static int length(ByteBuffer header) {
    return Message.HEADER_LENGTH + header.getChar(2);
  }
}
