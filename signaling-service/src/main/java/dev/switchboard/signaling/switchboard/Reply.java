package dev.switchboard.signaling.switchboard;

import dev.switchboard.signaling.protocol.Outcome;

/** Where the outcome of one command goes. */
@FunctionalInterface
public interface Reply {

  /**
   * Queues the outcome for the client. Called once a command, on any thread, in order with the
   * events of its session; never blocks.
   */
  void tell(Outcome outcome);
}
