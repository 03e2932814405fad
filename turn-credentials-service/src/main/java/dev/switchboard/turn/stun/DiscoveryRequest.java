package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ice4j.attribute.Attribute;

/**
 * What a request for behaviour discovery wants of its answer (RFC 5780, section 7).
 *
 * @param otherAddress whether it is to come from the other address (7.2)
 * @param otherPort whether it is to come from the other port (7.2)
 * @param port where it is to go (7.5), 1 to 65 535; empty for where the request came from
 * @param padding how many bytes of PADDING came along (7.6); empty for none
 */
record DiscoveryRequest(
    boolean otherAddress, boolean otherPort, OptionalInt port, OptionalInt padding) {

  /** What says so; none of the three may be skipped by who does not comprehend it. */
  static final List<Character> ATTRIBUTES =
      List.of(Attribute.CHANGE_REQUEST, Attributes.RESPONSE_PORT, Attributes.PADDING);

  /** One that wants nothing. */
  static final DiscoveryRequest NOTHING =
      new DiscoveryRequest(false, false, OptionalInt.empty(), OptionalInt.empty());

  private static final int CHANGE_ADDRESS = 4;
  private static final int CHANGE_PORT = 2;

  /**
   * Reads a request; empty if it makes no sense: a length that is not the attribute's, port 0, or
   * both RESPONSE-PORT and PADDING (section 6.1).
   *
   * @param message a well-formed request
   */
  static Optional<DiscoveryRequest> of(ByteBuffer message) {
    OptionalInt change = Attributes.find(message, Attribute.CHANGE_REQUEST);
    OptionalInt port = Attributes.find(message, Attributes.RESPONSE_PORT);
    OptionalInt padding = Attributes.find(message, Attributes.PADDING);
    boolean both = port.isPresent() && padding.isPresent();
    if (both || !isChange(message, change) || !isPort(message, port)) {
      return Optional.empty();
    }
    int flags = change.isPresent() ? message.getInt(value(change.getAsInt())) : 0;
    return Optional.of(
        new DiscoveryRequest(
            (flags & CHANGE_ADDRESS) != 0,
            (flags & CHANGE_PORT) != 0,
            port.isPresent() ? OptionalInt.of(message.getChar(value(port.getAsInt()))) : port,
            padding.isPresent()
                ? OptionalInt.of(Attributes.length(message, padding.getAsInt()))
                : padding));
  }

  private static boolean isChange(ByteBuffer message, OptionalInt at) {
    return at.isEmpty() || Attributes.length(message, at.getAsInt()) == Integer.BYTES;
  }

  /** The RFC draws two bytes of padding into the value; clients count them or do not. */
  private static boolean isPort(ByteBuffer message, OptionalInt at) {
    if (at.isEmpty()) {
      return true;
    }
    int length = Attributes.length(message, at.getAsInt());
    return (length == Character.BYTES || length == Integer.BYTES)
        && message.getChar(value(at.getAsInt())) != 0;
  }

  private static int value(int at) {
    return at + Attribute.HEADER_LENGTH;
  }
}
