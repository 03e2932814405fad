package dev.switchboard.signaling.protocol;

import java.util.Optional;

/** What a client asks for. */
public sealed interface Command {

  /**
   * To be known as {@code name}, in place of any name it had; answered by {@link Event.Claimed}.
   */
  record Claim(String name) implements Command {}

  /** To pass {@code payload} to the peer called {@code to}; answered only if refused. */
  record Send(String to, Signal signal, Payload payload) implements Command {}

  /** To end the call with one partner, or with all of them; never refused once a name is held. */
  record HangUp(Optional<String> partner) implements Command {}

  /**
   * To be in a room, where it hears of the others; answered by {@link Event.Joined}.
   *
   * @param capacity the most sessions that may be in it
   */
  record Join(String room, int capacity) implements Command {}

  /** To be in it no longer; answered by {@link Event.Left}. */
  record Leave(String room) implements Command {}

  /** To tell all others in a room it is in. */
  record Publish(String room, Payload payload) implements Command {}
}
