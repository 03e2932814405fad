package dev.switchboard.turn.stun;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Where the STUN responder listens. */
@ConfigMapping(prefix = "switchboard.stun")
interface StunConfig {

  /** Whether this service answers STUN itself. */
  @WithDefault("true")
  boolean enabled();

  /** The UDP port, the same on every address; 0 takes one that is free. */
  @WithDefault("3478")
  int port();

  /**
   * The local addresses, as literals. {@code ::} serves IPv4 as well, so {@code 0.0.0.0} beside it
   * only counts on a host without IPv6.
   */
  @WithDefault("0.0.0.0,::")
  List<String> addresses();
}
