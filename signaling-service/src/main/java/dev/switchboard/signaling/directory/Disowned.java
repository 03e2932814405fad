package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.SessionId;
import java.util.Set;

/** This node was taken for dead, and these sessions of its own have lost their places. */
public record Disowned(Set<SessionId> sessions) {}
