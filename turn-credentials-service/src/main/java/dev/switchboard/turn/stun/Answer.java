package dev.switchboard.turn.stun;

/** An answer, which the caller's buffer holds. */
enum Answer implements Reply {
  /** A success response with XOR-MAPPED-ADDRESS. */
  SUCCESS,
  /** The error response 420 with UNKNOWN-ATTRIBUTES. */
  REFUSAL
}
