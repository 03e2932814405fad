package dev.switchboard.turn.stun;

/** An answer, which the caller's buffer holds and sends back the way that the request came. */
enum Answer implements Reply {
  /** A success response with XOR-MAPPED-ADDRESS. */
  SUCCESS,
  /** The error response 420 with UNKNOWN-ATTRIBUTES. */
  REFUSAL,
  /** The error response 400. */
  REJECTION
}
