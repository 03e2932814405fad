package dev.switchboard.turn.stun;

/**
 * Why a message gets no answer. A responder that answers what is no request can be made to talk to
 * another responder, or to a victim whose address was forged.
 */
enum Noise implements Reading, Reply {
  /** Too short, no magic cookie, or a length field that is not the datagram's (RFC 8489, 5). */
  NOT_STUN,
  /** STUN, but an indication, a response, or a method other than Binding. */
  NOT_A_BINDING_REQUEST,
  /** An attribute that reaches past the end of the message. */
  LYING_LENGTH,
  /** A FINGERPRINT that is wrong, or is not the last attribute (RFC 8489, 14.7). */
  WRONG_FINGERPRINT,
  /** From port 0, to which nothing can be sent. */
  NO_WAY_BACK,
  /** A request, but its source has had more answers than it may. */
  OVER_THE_LIMIT;

  /**
   * Whether a stream is lost after it: a bad packet closes the connection, what is well-formed is
   * dropped and leaves it alone (RFC 8489, sections 6.2.2 and 6.3).
   */
  boolean endsConnection() {
    return switch (this) {
      case NOT_STUN, LYING_LENGTH, WRONG_FINGERPRINT, NO_WAY_BACK, OVER_THE_LIMIT -> true;
      case NOT_A_BINDING_REQUEST -> false;
    };
  }
}
