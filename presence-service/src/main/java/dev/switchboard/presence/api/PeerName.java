package dev.switchboard.presence.api;

/** What may stand for a peer in a path. */
final class PeerName {

  private static final int LONGEST = 128;

  private PeerName() {}

  /** Whether it is 1 to 128 characters (UTF-16 units), none of them a control character. */
  static boolean isValid(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.chars().noneMatch(Character::isISOControl);
  }
}
