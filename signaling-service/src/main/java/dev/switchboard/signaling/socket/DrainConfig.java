package dev.switchboard.signaling.socket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a pod that is told to stop lets its clients go. */
@ConfigMapping(prefix = "switchboard.drain")
interface DrainConfig {

  /**
   * How long clients whose sessions are kept have to go to another pod; they choose a moment within
   * it. Who is still here then is closed with 1012. With none of them here nobody waits.
   */
  @WithDefault("5s")
  Duration within();

  /**
   * How long the others stay, whose calls end with their sockets. They are closed with 1012 then.
   * With none of them here nobody waits.
   */
  @WithDefault("5s")
  Duration grace();
}
