package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.SessionId;

/** What a socket has behind it. */
public sealed interface Session permits FleetingSession, KeptSession {

  /** What other nodes and logs know it by. */
  SessionId id();

  /** Its dialect's part of the realm. */
  String scope();
}
