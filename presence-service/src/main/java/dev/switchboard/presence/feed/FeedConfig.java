package dev.switchboard.presence.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is followed, and how closely. */
@ConfigMapping(prefix = "switchboard.presence")
interface FeedConfig {

  /**
   * How often a realm is looked at of which nothing was heard. It bounds how late a change is told
   * whose hint was lost, a status that is over, and a pod's death where no other signaling pod
   * notices.
   */
  @WithDefault("2s")
  Duration beat();

  /** How many events of a realm are kept for who lost its connection. */
  @WithDefault("2000")
  int history();

  /** How many realms are kept up to date; of more, those are dropped that nobody watches. */
  @WithDefault("1000")
  int realms();
}
