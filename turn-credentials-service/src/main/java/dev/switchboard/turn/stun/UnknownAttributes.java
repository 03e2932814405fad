package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import java.util.List;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.OptionalAttribute;

/**
 * UNKNOWN-ATTRIBUTES as RFC 8489 (14.9) writes it: padded like any attribute. ice4j's own pads an
 * odd list by repeating an entry, as RFC 3489 did.
 */
final class UnknownAttributes extends OptionalAttribute {

  UnknownAttributes(List<Character> types) {
    super(Attribute.UNKNOWN_ATTRIBUTES);
    ByteBuffer body = ByteBuffer.allocate(types.size() * Character.BYTES);
    types.forEach(body::putChar);
    setBody(body.array(), 0, body.capacity());
  }
}
