package dev.switchboard.signaling.directory;

import dev.switchboard.signaling.protocol.Member;

/**
 * Somebody at a place.
 *
 * @param node where it is reached
 * @param member what others are told about it
 */
public record Occupant(String node, Member member) {

  /** Where it is reached. */
  public Location location() {
    return new Location(node, member.session());
  }
}
