package dev.switchboard.signaling.protocol;

/**
 * A place where sessions can be reached. A session takes an event only while it still goes by that
 * name or is in that room, so what is under way when it leaves misses it.
 */
public sealed interface Destination permits Address, RoomId, Seat {

  /** The tenant; nothing crosses realms. */
  String realm();

  /** A dialect's part of the realm, so that equal names in two dialects do not meet. */
  String scope();

  /** What it is called in there. */
  String name();
}
