package dev.switchboard.turn.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The quotas; each is off until it has a limit. */
@ConfigMapping(prefix = "switchboard.quota")
interface QuotaConfig {

  /** Of a peer that brings a token. Callers without one share no name, and have none of these. */
  Rate caller();

  /** Of an address, whoever asks from it: an IPv4 address, or the /64 of an IPv6 address. */
  Rate address();

  /** Of an API key, whichever peers it names; the address of a backend does not count. */
  Rate backend();

  /** How long Redis may take to count one request before the pod counts alone. */
  @WithDefault("250ms")
  Duration patience();

  /** How many in how long. */
  interface Rate {

    /** The most requests in a window, and at once; none for no quota. */
    OptionalInt limit();

    /** The window, from one second to one day. */
    @WithDefault("1m")
    Duration window();
  }
}
