package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ice4j.attribute.Attribute;
import org.ice4j.message.Message;

/**
 * A well-formed Binding request (RFC 8489, section 5 and 14), apart from its transaction id, which
 * stays where it came in.
 *
 * @param fingerprinted whether it ends with a FINGERPRINT, which is then the right one
 * @param unknown the comprehension-required attributes that nobody here comprehends, each once, in
 *     order
 */
record BindingRequest(boolean fingerprinted, List<Character> unknown) implements Reading {

  /** No real request has as many; it bounds what one message can make the service do. */
  private static final int MOST_UNKNOWN = 64;

  /** What all but a few requests are: read without leaving anything to collect. */
  private static final BindingRequest PLAIN = new BindingRequest(false, List.of());

  private static final BindingRequest FINGERPRINTED = new BindingRequest(true, List.of());

  /**
   * Reads the bytes from 0 to the buffer's limit; never throws, and leaves the buffer as it was.
   *
   * <p>The walk over the attributes believes no length that it has not compared with what is there.
   */
  static Reading read(ByteBuffer message) {
    if (!Frame.isStun(message) || message.limit() != Frame.length(message)) {
      return Noise.NOT_STUN;
    }
    if (message.getChar(0) != Message.BINDING_REQUEST) {
      return Noise.NOT_A_BINDING_REQUEST;
    }
    return readAttributes(message);
  }

  private static Reading readAttributes(ByteBuffer message) {
    int length = message.limit();
    List<Character> unknown = List.of();
    boolean sealed = false;
    int at = Message.HEADER_LENGTH;
    while (at < length) {
      // Both the length and the position are multiples of four: an attribute's header fits.
      char type = message.getChar(at);
      int end = Attributes.end(message, at);
      if (end > length) {
        return Noise.LYING_LENGTH;
      }
      if (type == Attribute.FINGERPRINT) {
        return end == length && isRight(message, at)
            ? request(true, unknown)
            : Noise.WRONG_FINGERPRINT;
      }
      // What follows the integrity attributes is to be ignored (RFC 8489, 14.5 and 14.6).
      if (!sealed && !isComprehended(type)) {
        unknown = with(type, unknown);
      }
      sealed |= Attributes.isIntegrity(type);
      at = end;
    }
    return request(false, unknown);
  }

  private static BindingRequest request(boolean fingerprinted, List<Character> unknown) {
    if (unknown.isEmpty()) {
      return fingerprinted ? FINGERPRINTED : PLAIN;
    }
    return new BindingRequest(fingerprinted, unknown);
  }

  private static boolean isRight(ByteBuffer message, int at) {
    return Attributes.length(message, at) == Integer.BYTES
        && message.getInt(at + Attribute.HEADER_LENGTH) == Fingerprint.of(message, at);
  }

  /**
   * Types from 0x8000 may be skipped. Of the others, those of RFC 8489 (18.3.1) and the two that
   * ICE puts into its checks are known here; what they say is of no use to a server that asks for
   * no credentials (RFC 8489, section 12), so it is not read.
   */
  private static boolean isComprehended(char type) {
    return switch (type) {
      case Attribute.MAPPED_ADDRESS,
          Attribute.USERNAME,
          Attribute.MESSAGE_INTEGRITY,
          Attribute.ERROR_CODE,
          Attribute.UNKNOWN_ATTRIBUTES,
          Attribute.REALM,
          Attribute.NONCE,
          Attributes.MESSAGE_INTEGRITY_SHA256,
          Attributes.PASSWORD_ALGORITHM,
          Attributes.USERHASH,
          Attribute.XOR_MAPPED_ADDRESS,
          Attribute.PRIORITY,
          Attribute.USE_CANDIDATE ->
          true;
      default -> type >= 0x8000;
    };
  }

  private static List<Character> with(char type, List<Character> unknown) {
    if (unknown.size() == MOST_UNKNOWN || unknown.contains(type)) {
      return unknown;
    }
    List<Character> longer = unknown.isEmpty() ? new ArrayList<>() : unknown;
    longer.add(type);
    return longer;
  }
}
