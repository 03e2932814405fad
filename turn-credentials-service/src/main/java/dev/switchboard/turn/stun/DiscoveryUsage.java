package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ice4j.attribute.Attribute;

/**
 * NAT behaviour discovery (RFC 5780, section 6) at one of its four places. Besides the source it
 * tells which place the answer comes from and which is the opposite one, and over UDP it grants
 * what the request wants of it. Over TCP there is only one way back, so to want another is refused
 * with 420, as a server without a second address does.
 *
 * <p>An answer is at most 3.4 times as long as its request over IPv4 and 5.8 times over IPv6; what
 * PADDING adds is no longer than what came.
 */
record DiscoveryUsage(Encoder encoder, Square.Corner corner, boolean overUdp) implements Usage {

  /** The size of an Ethernet's frame, so that an answer with it comes in two fragments. */
  private static final int LONGEST_PADDING = 1500;

  /** A request with that PADDING, and what else clients put beside it. */
  private static final int LONGEST_REQUEST = 2048;

  private static final int LONGEST_ADDRESS = 24;

  @Override
  public Reply answer(
      ByteBuffer message, BindingRequest request, InetSocketAddress source, ByteBuffer answer) {
    List<Character> unknown = request.unknown();
    if (unknown.isEmpty()) {
      return grant(DiscoveryRequest.NOTHING, message, request, source, answer);
    }
    if (!overUdp || !DiscoveryRequest.ATTRIBUTES.containsAll(unknown)) {
      encoder.refuse(message, request, strange(unknown), answer);
      return Answer.REFUSAL;
    }
    return DiscoveryRequest.of(message)
        .map(asked -> grant(asked, message, request, source, answer))
        .orElseGet(() -> {
          encoder.reject(message, request, answer);
          return Answer.REJECTION;
        });
  }

  @Override
  public int longestRequest() {
    return overUdp ? LONGEST_REQUEST : Frame.LONGEST;
  }

  @Override
  public int longestAnswer() {
    int padding = overUdp ? Attribute.HEADER_LENGTH + LONGEST_PADDING : 0;
    return encoder.longest() + 3 * LONGEST_ADDRESS + padding;
  }

  private List<Character> strange(List<Character> unknown) {
    return overUdp
        ? unknown.stream().filter(type -> !DiscoveryRequest.ATTRIBUTES.contains(type)).toList()
        : unknown;
  }

  private Reply grant(
      DiscoveryRequest asked,
      ByteBuffer message,
      BindingRequest request,
      InetSocketAddress source,
      ByteBuffer answer) {
    InetSocketAddress from = corner.origin(asked.otherAddress(), asked.otherPort());
    List<Attribute> more = new ArrayList<>();
    more.add(PlainAttribute.address(Attribute.MAPPED_ADDRESS, source));
    more.add(PlainAttribute.address(Attributes.RESPONSE_ORIGIN, from));
    more.add(PlainAttribute.address(Attributes.OTHER_ADDRESS, corner.opposite()));
    asked
        .padding()
        .ifPresent(
            length -> more.add(PlainAttribute.padding(Math.min(length, LONGEST_PADDING) & ~3)));
    encoder.succeed(message, request, source, more, answer);
    int port = asked.port().orElse(source.getPort());
    return from.equals(corner.here()) && port == source.getPort()
        ? Answer.SUCCESS
        : new Detour(from, new InetSocketAddress(source.getAddress(), port));
  }
}
