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
}
