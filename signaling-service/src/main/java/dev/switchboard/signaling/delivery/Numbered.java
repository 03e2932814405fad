package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;

/**
 * A kept session, and under which number an event stands in its inbox.
 *
 * @param at where it is attached; the node is empty where it is known to be this one
 */
public record Numbered(Location at, long number) {}
