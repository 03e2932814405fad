package dev.switchboard.signaling.protocol;

/**
 * Somebody in a room, or one of those who share a name, as the others are told.
 *
 * @param session whose attachment it is
 * @param number rises in the order of arrival at this place, across all nodes; who comes back
 *     before it has left keeps it
 * @param name what its peer is called; empty where it has no name
 * @param meta what it says about itself, as JSON; empty if nothing
 */
public record Member(SessionId session, long number, String name, String meta) {

  /** Somebody who has not been given a number yet. */
  public static Member newcomer(SessionId session, String name, String meta) {
    return new Member(session, 0, name, meta);
  }

  /** The same with the number that the place gave it. */
  public Member numbered(long given) {
    return new Member(session, given, name, meta);
  }
}
