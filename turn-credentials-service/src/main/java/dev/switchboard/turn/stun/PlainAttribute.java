package dev.switchboard.turn.stun;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.OptionalAttribute;

/** Attributes that ice4j does not have, or writes as RFC 3489 did. */
final class PlainAttribute extends OptionalAttribute {

  private static final byte IPV4 = 1;
  private static final byte IPV6 = 2;
  private static final int BEFORE_THE_ADDRESS = 4;

  private PlainAttribute(char type, byte[] body) {
    super(type);
    setBody(body, 0, body.length);
  }

  /**
   * UNKNOWN-ATTRIBUTES (RFC 8489, 14.9), padded like any attribute. ice4j's own pads an odd list by
   * repeating an entry.
   */
  static PlainAttribute unknown(List<Character> types) {
    ByteBuffer body = ByteBuffer.allocate(types.size() * Character.BYTES);
    types.forEach(body::putChar);
    return new PlainAttribute(Attribute.UNKNOWN_ATTRIBUTES, body.array());
  }

  /** An address as MAPPED-ADDRESS has it (RFC 8489, 14.1). */
  static PlainAttribute address(char type, InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    byte family = address.getAddress() instanceof Inet6Address ? IPV6 : IPV4;
    ByteBuffer body = ByteBuffer.allocate(BEFORE_THE_ADDRESS + bytes.length);
    body.put((byte) 0).put(family).putChar((char) address.getPort()).put(bytes);
    return new PlainAttribute(type, body.array());
  }

  /** PADDING of zeros (RFC 5780, 7.6). */
  static PlainAttribute padding(int length) {
    return new PlainAttribute(Attributes.PADDING, new byte[length]);
  }
}
