package dev.switchboard.signaling.protocol;

import java.util.List;

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

  /**
   * It is in the room that it asked for; what is told later comes after this.
   *
   * @param id what it knows its command by
   * @param others who is in it already, in the order in which they came
   */
  record Admitted(String id, String room, List<Member> others) implements Event {}

  /**
   * What it sent was kept for a session that has not read it in time.
   *
   * @param to what the peer of that session is called
   * @param ids what the sender knows its commands by, in the order in which it gave them
   */
  record Unread(String to, SessionId session, List<String> ids) implements Event {}

  /** The same session is attached elsewhere now; this socket is to end. */
  record Superseded() implements Event {}
}
