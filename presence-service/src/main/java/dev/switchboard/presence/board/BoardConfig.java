package dev.switchboard.presence.board;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What presence itself remembers. */
@ConfigMapping(prefix = "switchboard.presence")
interface BoardConfig {

  /** How long it is remembered when a peer was last seen. */
  @WithDefault("30d")
  Duration keepLastSeen();
}
