package dev.switchboard.turn.envelope;

/** The foreign shapes. */
enum Shape {
  /** "A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00. */
  TURN_REST,
  /** Twilio's Network Traversal Service tokens, version 2010-04-01. */
  TWILIO,
  /** Cloudflare's Realtime TURN credentials, v1. */
  CLOUDFLARE,
  /** The authentication service of STUNner. */
  STUNNER,
  /** The client-server API of Matrix, v3. */
  MATRIX
}
