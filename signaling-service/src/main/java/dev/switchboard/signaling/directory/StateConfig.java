package dev.switchboard.signaling.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;

/** Where it is kept who is where. */
@ConfigMapping(prefix = "switchboard.state")
public interface StateConfig {

  /** In this pod's memory, for one pod alone, or in Redis, for any number of them. */
  @WithParentName
  @WithDefault("memory")
  Kind kind();

  /**
   * How long a pod that says nothing counts as alive; renewed three times as often. With Redis
   * only.
   */
  @WithDefault("6s")
  Duration lease();

  /** The twins. */
  enum Kind {
    MEMORY,
    REDIS
  }
}
