package dev.switchboard.bus;

import dev.switchboard.identity.Realm;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How much of what changes is kept for those who follow it. The same for all services. */
@ConfigMapping(prefix = "switchboard.changes")
public interface ChangesConfig {

  /**
   * How many changes of sessions and rooms a realm keeps. Who has missed more reads the state
   * instead, and cannot be told what happened in between.
   */
  @WithDefault("10000")
  int keep();

  /** How long it is known when a peer was last seen. */
  @WithDefault("30d")
  Duration keepLastSeen();

  /** What a script begins with that changes who is here. */
  default List<String> arguments(Realm realm) {
    return List.of(
        OnlineKeys.prefix(realm),
        Integer.toString(keep()),
        Long.toString(keepLastSeen().toMillis()));
  }
}
