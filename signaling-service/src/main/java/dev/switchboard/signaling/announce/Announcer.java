package dev.switchboard.signaling.announce;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;

/**
 * Hears of every peer that comes and goes. Returns at once and never fails: a call does not wait
 * for presence, and what could not be told is made good by itself.
 */
public interface Announcer {

  /** {@code session} is now known as {@code address}. */
  void entered(Address address, SessionId session);

  /** {@code session} is no longer known as {@code address}. */
  void left(Address address, SessionId session);
}
