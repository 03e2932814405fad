package dev.switchboard.turn.ice;

/** What became of a revocation. */
public enum Revoked {
  /** It holds: in every pod within moments, if they share what they know, or else in this one. */
  DONE,
  /** It was not taken: there are as many as are kept. */
  FULL,
  /** It holds in this pod, and will in the others once Redis is back and if this pod lives then. */
  HERE_ALONE
}
