package dev.switchboard.turn.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What STUN is used for at one place (RFC 8489, section 13): how a request that is to be answered
 * is answered. May be called from any thread.
 */
sealed interface Usage permits BasicUsage, DiscoveryUsage {

  /**
   * Writes the answer, ready to be read, and says which way it goes.
   *
   * @param message the request, from 0 to the limit; only read, and not kept
   * @param request what was read of it
   * @param answer has room for {@link #longestAnswer()} bytes
   */
  Reply answer(
      ByteBuffer message, BindingRequest request, InetSocketAddress source, ByteBuffer answer);

  /** The most bytes of a request; a longer message is noise. An even number. */
  int longestRequest();

  /** The most bytes of an answer. */
  int longestAnswer();
}
