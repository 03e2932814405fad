package dev.switchboard.turn.relay;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The short way to write down a single pool. */
@ConfigMapping(prefix = "switchboard.ice")
interface PlainConfig {

  /**
   * TURN urls (RFC 7065): the pool of the region "default". None by default; without any pool no
   * credentials are handed out.
   */
  Optional<List<String>> turnUrls();
}
