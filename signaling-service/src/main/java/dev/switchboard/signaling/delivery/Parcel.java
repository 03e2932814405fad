package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;

/**
 * An event on its way.
 *
 * @param to the name or room it was sent to
 * @param from the session that caused it
 * @param trace the {@code traceparent} of what caused it; empty if nobody traces
 */
public record Parcel(Destination to, Location from, Event event, String trace) {

  /** One that nobody traces. */
  public Parcel(Destination to, Location from, Event event) {
    this(to, from, event, "");
  }
}
