package dev.switchboard.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How callers prove who they are. The key itself is {@code mp.jwt.verify.publickey.location}. */
@ConfigMapping(prefix = "switchboard.auth")
public interface AuthConfig {

  /** Whether a caller must bring a token. */
  @WithDefault("closed")
  Mode mode();

  /** The realm of callers without a token, and of tokens without a {@code realm} claim. */
  @WithDefault("default")
  String realm();

  /** The two ways to run. */
  enum Mode {
    /** Every caller brings a valid token; without a key to check it the service does not start. */
    CLOSED,
    /** Who brings no token is anonymous and may do anything within the realm. */
    OPEN
  }
}
