package dev.switchboard.turn.shared;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whether pods share what they know. */
@ConfigMapping(prefix = "switchboard.turn.shared")
public interface SharedConfig {

  /** Quotas and revocations hold in all pods, through {@code REDIS_URL}; or else in each alone. */
  @WithDefault("false")
  boolean enabled();

  /** How often a pod asks what other pods have revoked. */
  @WithDefault("2s")
  Duration every();
}
