package dev.switchboard.turn.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the record of what was issued goes, apart from the log. */
@ConfigMapping(prefix = "switchboard.audit")
interface AuditConfig {

  /** Whether each issue is an event on the channel {@code credentials-issued}. */
  @WithDefault("false")
  boolean enabled();
}
