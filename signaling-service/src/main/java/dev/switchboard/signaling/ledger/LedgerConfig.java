package dev.switchboard.signaling.ledger;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long sessions are kept whose sockets are gone, and how much of what is sent to them. */
@ConfigMapping(prefix = "switchboard.session")
public interface LedgerConfig {

  /**
   * How long a session without a socket stays in its rooms. With the lease of its pod and the time
   * between two sweeps it is how long others may see somebody who is gone.
   */
  @WithDefault("8s")
  Duration leaveAfter();

  /** How long it can be had back, with all that was sent to it. */
  @WithDefault("60s")
  Duration resumeWithin();

  /**
   * How many events may wait for a session's client to acknowledge them. More: the sender is
   * refused.
   */
  @WithDefault("512")
  int backlog();

  /** How much they may come to. More: the sender is refused. */
  @WithDefault("1M")
  MemorySize backlogSize();

  /** Whose client was cut twice within this time because it did not read cannot have it back. */
  @WithDefault("60s")
  Duration barWithin();
}
