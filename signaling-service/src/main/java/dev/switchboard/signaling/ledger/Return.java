package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.protocol.SessionId;
import java.util.Optional;

/**
 * Somebody who wants its session back.
 *
 * @param ticket the hash of the ticket that it presents
 * @param next the hash of the one that it is given instead
 * @param epoch the one that it was told
 * @param seq the number of the last event it has
 * @param name what it must be called, if its token says that
 * @param terms of a token that it brings now; empty to keep those of the last
 */
public record Return(
    String realm,
    String scope,
    SessionId session,
    String ticket,
    String next,
    String epoch,
    long seq,
    Optional<String> name,
    Optional<Terms> terms) {}
