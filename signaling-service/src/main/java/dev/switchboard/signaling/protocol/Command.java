package dev.switchboard.signaling.protocol;

import java.util.Optional;

/** What a client asks for. What became of it is an {@link Outcome}. */
public sealed interface Command {

  /**
   * To be known as {@code name}, in place of any name it had: {@link Outcome.Named}.
   *
   * @param name empty for the one in its token
   * @param sharers the most sessions that may go by that name
   * @param meta what others are told about it, as JSON; empty if nothing
   */
  record Claim(Optional<String> name, int sharers, String meta) implements Command {

    public Claim(String name, int sharers, String meta) {
      this(Optional.of(name), sharers, meta);
    }
  }

  /**
   * To go on with a session whose socket is gone: {@link Outcome.Welcomed}.
   *
   * @param ticket the last one it was given
   * @param seq the number of the last event it has
   * @param epoch the one it was told
   * @param otherwise what to do where that session cannot be had; empty to be refused
   */
  record Resume(String ticket, long seq, String epoch, Optional<Claim> otherwise)
      implements Command {

    @Override
    public String toString() {
      return "a resume"; // the ticket stays out of logs
    }
  }

  /** To say that it has every event up to {@code seq}; nothing is answered. */
  record Acknowledge(long seq) implements Command {}

  /** To pass {@code payload} to all sessions of the peer called {@code to}. */
  record Send(String to, Signal signal, Payload payload) implements Command {}

  /** To pass {@code payload} to one session. */
  record SendToSession(SessionId to, Payload payload) implements Command {}

  /** To end the call with one partner, or with all of them; never refused once a name is held. */
  record HangUp(Optional<String> partner) implements Command {}

  /**
   * To be in a room, where it hears of the others: {@link Outcome.Joined}.
   *
   * @param capacity the most sessions that may be in it
   * @param meta what the others are told about it, as JSON; empty if nothing
   */
  record Join(String room, int capacity, String meta) implements Command {}

  /** To be in it no longer: {@link Outcome.Left}. */
  record Leave(String room) implements Command {}

  /** To tell all others in a room it is in. */
  record Publish(String room, Payload payload) implements Command {}

  /** To tell one other, by its number, in a room it is in. */
  record Whisper(String room, long number, Payload payload) implements Command {}

  /** To be described otherwise in every room it is in. */
  record Describe(String meta) implements Command {}

  /**
   * To learn who is in a room it is in: {@link Outcome.Listed}.
   *
   * @param after those with a higher number than this
   * @param most how many of them
   */
  record List(String room, long after, int most) implements Command {}

  /**
   * To share {@code name}, if there is one, in place of any name it had; then to pass {@code frame}
   * to the others who share its name, or back to its own client where there is none.
   *
   * @param sharers the most sessions that may go by that name
   */
  record Reflect(Optional<String> name, int sharers, Frame frame) implements Command {}

  /** To be gone at once, without the time that it would have to come back. */
  record Depart() implements Command {}
}
