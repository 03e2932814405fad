package dev.switchboard.turn.credential;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What this service shares with the TURN servers. */
@ConfigMapping(prefix = "switchboard.turn")
interface TurnConfig {

  /**
   * The shared secrets, as in coturn's {@code static-auth-secret}, at least 16 characters each. The
   * first signs; the others are listed so that a secret can be announced before it signs and kept
   * after it did.
   */
  Optional<List<String>> secrets();
}
