package dev.switchboard.signaling.dialect;

import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Refusal;
import java.util.Optional;

/** How a connection begins. */
public sealed interface Opening {

  /**
   * It may begin.
   *
   * @param codec for this connection alone, or for all of the dialect
   * @param secret what only this client knows, if it wants its session back by it
   * @param first done before its first frame is read
   */
  record Accepted(Codec codec, Optional<String> secret, Optional<Command> first)
      implements Opening {

    public Accepted(Codec codec) {
      this(codec, Optional.empty(), Optional.empty());
    }
  }

  /** It may not: the request for it lacks something. */
  record Refused(Refusal refusal) implements Opening {}
}
