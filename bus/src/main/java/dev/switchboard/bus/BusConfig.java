package dev.switchboard.bus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient a service is with Redis. */
@ConfigMapping(prefix = "switchboard.bus")
public interface BusConfig {

  /** How long Redis may take to answer before it counts as gone. */
  @WithDefault("2s")
  Duration timeout();

  /** The first wait before subscribing again; it doubles with each failure, with jitter. */
  @WithDefault("100ms")
  Duration retryFloor();

  /** The longest wait before subscribing again. */
  @WithDefault("5s")
  Duration retryCeiling();

  /** A subscription that has been silent this long is asked whether its connection still lives. */
  @WithDefault("10s")
  Duration probe();
}
