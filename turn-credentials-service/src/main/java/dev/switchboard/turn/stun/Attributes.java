package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.ice4j.attribute.Attribute;
import org.ice4j.message.Message;

/** What lies behind the header of a message (RFC 8489, section 14), read in place. */
final class Attributes {

  // Of RFC 8489 and RFC 5780, where ice4j has no constant.
  static final char MESSAGE_INTEGRITY_SHA256 = 0x001C;
  static final char PASSWORD_ALGORITHM = 0x001D;
  static final char USERHASH = 0x001E;
  static final char PADDING = 0x0026;
  static final char RESPONSE_PORT = 0x0027;
  static final char RESPONSE_ORIGIN = 0x802B;
  static final char OTHER_ADDRESS = 0x802C;

  private Attributes() {}

  /**
   * Where the first attribute of a type begins, if it stands before what ends a message:
   * MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT. A later one of the same type does
   * not count (section 14).
   *
   * @param message a whole message whose attributes do not reach past its end
   */
  static OptionalInt find(ByteBuffer message, char wanted) {
    int at = Message.HEADER_LENGTH;
    while (at < message.limit()) {
      char type = message.getChar(at);
      if (type == wanted) {
        return OptionalInt.of(at);
      }
      if (isIntegrity(type) || type == Attribute.FINGERPRINT) {
        return OptionalInt.empty();
      }
      at = end(message, at);
    }
    return OptionalInt.empty();
  }

  /** Whether no attribute reaches past the end of a message whose own length is right. */
  static boolean areWhole(ByteBuffer message) {
    int at = Message.HEADER_LENGTH;
    while (at < message.limit()) {
      at = end(message, at);
    }
    return at == message.limit();
  }

  /** Whether an attribute ends the part of a message that is read. */
  static boolean isIntegrity(char type) {
    return type == Attribute.MESSAGE_INTEGRITY || type == MESSAGE_INTEGRITY_SHA256;
  }

  /** Where the attribute at {@code at} says that the next one begins; not to be believed. */
  static int end(ByteBuffer message, int at) {
    return at + Attribute.HEADER_LENGTH + padded(length(message, at));
  }

  /** How long the value of the attribute at {@code at} says it is, without its padding. */
  static int length(ByteBuffer message, int at) {
    return message.getChar(at + Character.BYTES);
  }

  /** A length with what pads it to a multiple of four. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
