package dev.switchboard.turn.stun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.message.Message;

/**
 * A well-formed Binding request (RFC 8489, section 5 and 14).
 *
 * <p>The walk over the attributes is done here and not by {@code Message.decode}, which trusts the
 * lengths it is told, and throws where this returns.
 */
final class BindingRequest implements Reading {

  /** No real request has as many; it bounds what one datagram can make the service do. */
  private static final int MOST_UNKNOWN = 64;

  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final char MESSAGE_INTEGRITY_SHA256 = 0x001C;
  private static final char PASSWORD_ALGORITHM = 0x001D;
  private static final char USERHASH = 0x001E;

  private final byte[] transactionId;
  private final boolean fingerprinted;
  private final List<Character> unknown;

  private BindingRequest(byte[] transactionId, boolean fingerprinted, List<Character> unknown) {
    this.transactionId = transactionId;
    this.fingerprinted = fingerprinted;
    this.unknown = unknown;
  }

  /** The 12 bytes by which the client knows its answer. */
  byte[] transactionId() {
    return transactionId;
  }

  /** Whether it ends with a FINGERPRINT, which is then the right one. */
  boolean fingerprinted() {
    return fingerprinted;
  }

  /** The comprehension-required attributes that nobody here comprehends, each once, in order. */
  List<Character> unknown() {
    return unknown;
  }

  /** Reads the first {@code length} bytes of {@code datagram}; never throws. */
  static Reading read(byte[] datagram, int length) {
    if (length < Message.HEADER_LENGTH
        || (datagram[0] & 0xC0) != 0
        || (length & 3) != 0
        || u16(datagram, 2) != length - Message.HEADER_LENGTH
        || ((u16(datagram, 4) << 16) | u16(datagram, 6)) != MAGIC_COOKIE) {
      return Noise.NOT_STUN;
    }
    if (u16(datagram, 0) != Message.BINDING_REQUEST) {
      return Noise.NOT_A_BINDING_REQUEST;
    }
    return readAttributes(datagram, length);
  }

  private static Reading readAttributes(byte[] datagram, int length) {
    List<Character> unknown = List.of();
    boolean sealed = false;
    int at = Message.HEADER_LENGTH;
    while (at < length) {
      // Both the length and the position are multiples of four: an attribute's header fits.
      char type = u16(datagram, at);
      int end = at + Attribute.HEADER_LENGTH + padded(u16(datagram, at + 2));
      if (end > length) {
        return Noise.LYING_LENGTH;
      }
      if (type == Attribute.FINGERPRINT) {
        return end == length && isRight(datagram, at, end)
            ? request(datagram, true, unknown)
            : Noise.WRONG_FINGERPRINT;
      }
      // What follows the integrity attributes is to be ignored (RFC 8489, 14.5 and 14.6).
      if (!sealed && !isComprehended(type)) {
        unknown = with(type, unknown);
      }
      sealed |= type == Attribute.MESSAGE_INTEGRITY || type == MESSAGE_INTEGRITY_SHA256;
      at = end;
    }
    return request(datagram, false, unknown);
  }

  private static BindingRequest request(
      byte[] datagram, boolean fingerprinted, List<Character> unknown) {
    return new BindingRequest(
        Arrays.copyOfRange(
            datagram, Message.HEADER_LENGTH - Message.TRANSACTION_ID_LENGTH, Message.HEADER_LENGTH),
        fingerprinted,
        unknown);
  }

  private static boolean isRight(byte[] datagram, int at, int end) {
    int value = at + Attribute.HEADER_LENGTH;
    return u16(datagram, at + 2) == 4
        && Arrays.equals(
            FingerprintAttribute.calculateXorCRC32(datagram, 0, at),
            Arrays.copyOfRange(datagram, value, end));
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
          MESSAGE_INTEGRITY_SHA256,
          PASSWORD_ALGORITHM,
          USERHASH,
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

  private static char u16(byte[] bytes, int at) {
    return (char) (((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF));
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
