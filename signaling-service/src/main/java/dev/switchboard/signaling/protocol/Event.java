package dev.switchboard.signaling.protocol;

/** What a client is told. */
public sealed interface Event {

  /** The name is now its own. */
  record Claimed(String name) implements Event {}

  /** A peer sent it something. */
  record Received(String from, Signal signal, Payload payload) implements Event {}

  /** A partner hung up, or is gone. Told once a partnership. */
  record HungUp(String from) implements Event {}

  /** What it asked for was not done. */
  record Refused(Refusal refusal) implements Event {}

  /** It is in the room now; of whoever joins or leaves from here on it will be told. */
  record Joined(String room) implements Event {}

  /** It is in the room no longer. */
  record Left(String room) implements Event {}

  /** Somebody else is in the room now. */
  record MemberJoined(String room, SessionId member) implements Event {}

  /** Somebody else is in the room no longer. */
  record MemberLeft(String room, SessionId member) implements Event {}

  /** Somebody else in the room published something. */
  record Published(String room, SessionId from, Payload payload) implements Event {}
}
