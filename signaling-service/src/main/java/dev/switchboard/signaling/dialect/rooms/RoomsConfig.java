package dev.switchboard.signaling.dialect.rooms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The rooms of this dialect. */
@ConfigMapping(prefix = "switchboard.rooms")
interface RoomsConfig {

  /** The most members of a room: two, for a call. */
  @WithDefault("2")
  int capacity();
}
