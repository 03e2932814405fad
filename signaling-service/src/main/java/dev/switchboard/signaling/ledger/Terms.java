package dev.switchboard.signaling.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a session may do, as its token says.
 *
 * @param until when it can no longer be had back; empty without a token
 * @param rooms patterns of the rooms it may join
 * @param peers patterns of the peers it may reach and be reached by
 */
public record Terms(Optional<Instant> until, List<String> rooms, List<String> peers) {}
