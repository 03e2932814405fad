package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Refusal;

/** What a frame turned out to be. */
public sealed interface Decoded {

  /** Something to do. */
  record Understood(Command command) implements Decoded {}

  /** Nothing that can be done. */
  record NotUnderstood(Refusal refusal) implements Decoded {}
}
