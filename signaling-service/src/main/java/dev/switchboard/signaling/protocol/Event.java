package dev.switchboard.signaling.protocol;

/** What a client is told because of others. */
public sealed interface Event {

  /**
   * A peer sent it something.
   *
   * @param from what that peer is called
   * @param session which of its sessions it was
   */
  record Received(String from, SessionId session, Signal signal, Payload payload)
      implements Event {}

  /** A partner hung up, or is gone. Told once a partnership. */
  record HungUp(String from) implements Event {}

  /** What it sent has not arrived after all. */
  record Undelivered(Refusal refusal) implements Event {}

  /** Somebody else is in the room now. */
  record MemberJoined(String room, Member member, Arrival arrival) implements Event {}

  /** Somebody else in the room describes itself otherwise. */
  record MemberUpdated(String room, Member member) implements Event {}

  /** Somebody else is in the room no longer. */
  record MemberLeft(String room, Member member, Leaving leaving) implements Event {}

  /** Somebody else in the room said something, to it alone or to all. */
  record Published(String room, Member from, Payload payload) implements Event {}

  /** A frame of somebody who shares its name, or its own. */
  record Reflected(Frame frame) implements Event {}

  /** The same session is attached elsewhere now; this socket is to end. */
  record Superseded() implements Event {}
}
