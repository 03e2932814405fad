package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A STUN server without its sockets: bytes in, bytes out. It keeps nothing between two messages but
 * the count of {@link SourceLimit}, and may be called from any thread.
 *
 * <p>An answer of {@link BasicUsage} without SOFTWARE is at most 1.6 times as long as its request
 * over IPv4 and 2.2 times over IPv6 (the bare 20-byte request is the worst case), so it is of
 * little use for amplification.
 */
final class BindingResponder {

  private final Usage usage;
  private final @Nullable SourceLimit limit;
  private final long start;

  private BindingResponder(Usage usage, @Nullable SourceLimit limit, long start) {
    this.usage = usage;
    this.limit = limit;
    this.start = start;
  }

  /** One that answers each request of any source. */
  static BindingResponder unlimited(Usage usage) {
    return new BindingResponder(usage, null, System.nanoTime());
  }

  /** One that answers a source no more often than {@code limit} admits. */
  static BindingResponder limitedBy(SourceLimit limit, Usage usage) {
    return new BindingResponder(usage, limit, System.nanoTime());
  }

  /** One of another usage that shares this one's limit. */
  BindingResponder with(Usage other) {
    return new BindingResponder(other, limit, start);
  }

  Usage usage() {
    return usage;
  }

  /**
   * What to send back.
   *
   * @param message what came, from 0 to the limit; only read, and not kept
   * @param source where it came from, told back in XOR-MAPPED-ADDRESS
   * @param answer takes an {@link Answer} or a {@link Detour}, with room for {@link
   *     Usage#longestAnswer()} bytes; then ready to be read
   */
  Reply reply(ByteBuffer message, InetSocketAddress source, ByteBuffer answer) {
    return switch (BindingRequest.read(message)) {
      case Noise noise -> noise;
      case BindingRequest _ when source.getPort() == 0 -> Noise.NO_WAY_BACK;
      case BindingRequest _ when !admits(source) -> Noise.OVER_THE_LIMIT;
      case BindingRequest request -> usage.answer(message, request, source, answer);
    };
  }

  private boolean admits(InetSocketAddress source) {
    return limit == null || limit.admits(source.getAddress(), System.nanoTime() - start);
  }
}
