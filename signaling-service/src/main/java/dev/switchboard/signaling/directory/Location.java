package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.SessionId;

/**
 * Where a session is attached.
 *
 * @param node the pod's id
 * @param session the session there
 */
public record Location(String node, SessionId session) {}
