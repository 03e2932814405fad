package dev.switchboard.turn.stun;

import java.nio.ByteBuffer;

/** What a datagram deserves. */
sealed interface Reply {

  /** A success response. */
  record Success(ByteBuffer message) implements Reply {}

  /** An error response. */
  record Refusal(ByteBuffer message) implements Reply {}

  /** Nothing at all. */
  record Silence(Noise because) implements Reply {}
}
