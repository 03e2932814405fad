package dev.switchboard.signaling.dialect.mediasession;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The names of this dialect. */
@ConfigMapping(prefix = "switchboard.mediasession")
interface MediasessionConfig {

  /** The most connections of one name; each hears what the others send. */
  @WithDefault("8")
  int sharers();
}
