package dev.switchboard.client;

import java.util.Optional;

/**
 * A session in a room.
 *
 * @param polite what this client is towards it
 * @param meta what it says of itself, as JSON
 */
public record Member(String peer, String session, boolean polite, Optional<String> meta) {}
