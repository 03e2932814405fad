package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** The basic STUN server (RFC 8489, section 12): tells the source where it comes from. */
record BasicUsage(Encoder encoder) implements Usage {

  @Override
  public Reply answer(
      ByteBuffer message, BindingRequest request, InetSocketAddress source, ByteBuffer answer) {
    if (request.unknown().isEmpty()) {
      encoder.succeed(message, request, source, List.of(), answer);
      return Answer.SUCCESS;
    }
    encoder.refuse(message, request, request.unknown(), answer);
    return Answer.REFUSAL;
  }

  @Override
  public int longestRequest() {
    return Frame.LONGEST;
  }

  @Override
  public int longestAnswer() {
    return encoder.longest();
  }
}
