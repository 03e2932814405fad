package dev.switchboard.signaling.protocol;

/** What became of a command. */
public sealed interface Outcome {

  /** It was done. */
  record Done() implements Outcome {}

  /** It was not, and nothing has changed. */
  record Refused(Refusal refusal) implements Outcome {}
}
