package dev.switchboard.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames of a client (RFC 6455, section 5). */
final class Frames {

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /**
   * Each byte of the mask. A server unmasks as it always does; that all four are the same lets a
   * frame be changed in place. Not 0, for which some servers have a shorter way.
   */
  static final int MASK = 0x37;

  private Frames() {}

  static ByteBuffer text(String text) {
    return of(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A whole frame, ready to be written. */
  static ByteBuffer of(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(MASK * 0x01010101);
    for (byte b : payload) {
      frame.put((byte) (b ^ MASK));
    }
    return frame.flip();
  }
}
