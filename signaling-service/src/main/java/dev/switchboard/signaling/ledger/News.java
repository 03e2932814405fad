package dev.switchboard.signaling.ledger;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Event;

/**
 * Something that stands in an inbox now.
 *
 * @param at where its session is attached; the node is empty if it is not
 * @param number its place there, one more than that of what came before
 */
public record News(Location at, long number, Event event) {}
