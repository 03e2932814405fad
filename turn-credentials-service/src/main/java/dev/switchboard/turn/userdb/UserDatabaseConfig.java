package dev.switchboard.turn.userdb;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether and where secrets are written for coturn; the connection is the client "coturn". */
@ConfigMapping(prefix = "switchboard.turn.userdb")
interface UserDatabaseConfig {

  /** Whether they are written at all. */
  @WithDefault("false")
  boolean enabled();

  /** coturn's realms, as its {@code realm} setting has them; not ours. */
  Optional<List<String>> realms();

  /** How often what stands there is put right. */
  @WithDefault("1m")
  Duration every();
}
