package dev.switchboard.presence.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Those who watch. */
@ConfigMapping(prefix = "switchboard.watch")
interface WatchConfig {

  /** How many may watch at this pod; more are answered 503. */
  @WithDefault("10000")
  int maxWatchers();

  /** How many events may wait for a watcher to take them; one that is slower is cut. */
  @WithDefault("1024")
  int outbox();

  /** A watcher that was told nothing for so long is sent a sign of life. */
  @WithDefault("25s")
  Duration heartbeat();
}
