package dev.switchboard.signaling.announce;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whether and how presence is told. */
@ConfigMapping(prefix = "switchboard.announce")
interface AnnounceConfig {

  /** Off for a signaling service on its own, without Redis. */
  @WithDefault("true")
  boolean enabled();

  /** How long this pod's peers stay listed after it died; renewed three times as often. */
  @WithDefault("6s")
  Duration lease();
}
