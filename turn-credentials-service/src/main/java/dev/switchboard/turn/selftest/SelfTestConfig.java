package dev.switchboard.turn.selftest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the self-test asks, and who may have it asked. */
@ConfigMapping(prefix = "switchboard.stun.self-test")
interface SelfTestConfig {

  /** The ids of API keys that may run it; without any it is not there. */
  Optional<Set<String>> operators();

  /** STUN urls (RFC 7064) by which browsers reach this service, 1 to 8. Nothing else is asked. */
  Optional<List<String>> urls();

  /** How long one server has to answer, up to a minute. */
  @WithDefault("3s")
  Duration timeout();

  /** How long a result stands: until then it is told again, and nobody is asked. */
  @WithDefault("5s")
  Duration keep();
}
