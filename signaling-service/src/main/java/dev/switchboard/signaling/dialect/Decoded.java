package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Refusal;
import java.util.Optional;

/** What a frame turned out to be. */
public sealed interface Decoded {

  /**
   * Something to do.
   *
   * @param id what the client will know the answer by, if it wants one
   */
  record Understood(Command command, Optional<String> id) implements Decoded {

    public Understood(Command command) {
      this(command, Optional.empty());
    }
  }

  /** Nothing that can be done. */
  record NotUnderstood(Refusal refusal, Optional<String> id) implements Decoded {

    public NotUnderstood(Refusal refusal) {
      this(refusal, Optional.empty());
    }
  }

  /** Nothing to be done: a keep-alive, an acknowledgement of what is not kept. */
  record Idle() implements Decoded {}

  /** A kind of frame that this dialect does not have. */
  record NotSpoken() implements Decoded {}
}
