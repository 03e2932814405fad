package dev.switchboard.signaling.announce;

import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.SessionId;

/**
 * Hears of each session of this node that has a name, and of the rooms it is in, unless the ledger
 * in Redis has it, which tells by itself. Returns at once and never fails: a call does not wait for
 * presence, and what could not be told is made good by itself. What is told in one order is told
 * further in that order.
 */
public interface Announcer {

  /** {@code session} is now known as {@code peer}. */
  void opened(Address peer, SessionId session, String meta);

  /** Its client says something else of it. */
  void described(SessionId session, String meta);

  /** It is in {@code room}, or is said something else of there. */
  void joined(RoomId room, SessionId session, String meta);

  /** It is in {@code room} no longer. */
  void left(RoomId room, SessionId session, Leaving why);

  /** It is known no longer, or has been without a socket for too long. */
  void gone(SessionId session, Leaving why);
}
