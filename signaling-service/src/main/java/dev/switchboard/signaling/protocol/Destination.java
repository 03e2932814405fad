package dev.switchboard.signaling.protocol;

/**
 * Whom an event is for. A session takes it only while it still goes by that name or is in that
 * room, so what is under way when it leaves misses it.
 */
public sealed interface Destination permits Address, RoomId {}
