package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;

/**
 * An event on its way.
 *
 * @param to the name or room it was sent to
 * @param from the session that caused it
 */
public record Parcel(Destination to, Location from, Event event) {}
