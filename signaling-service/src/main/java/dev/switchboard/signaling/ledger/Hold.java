package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.protocol.SessionId;

/**
 * A node's hold on a session, from one attachment to the next. Whatever is written for a session is
 * written under the hold of whoever writes it, and refused if that is void.
 *
 * @param name what its peer is called
 * @param number rises with each attachment of the session
 * @param epoch that of the ledger when the session was attached
 */
public record Hold(
    String realm,
    String scope,
    SessionId session,
    String name,
    String node,
    long number,
    String epoch) {}
