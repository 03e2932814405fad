package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;

/**
 * Somebody who wants a session.
 *
 * @param peer whose it will be
 * @param session its id, a fresh one
 * @param meta what rooms are told of it, as JSON; empty if nothing
 * @param sharers the most sessions of the peer
 * @param ticket the hash of what it can be had back with
 */
public record Guest(
    Address peer, SessionId session, String meta, int sharers, String ticket, Terms terms) {}
