package dev.switchboard.turn.ice;

import dev.switchboard.identity.Grants;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a credential lives. */
@ApplicationScoped
class Lifetimes {

  private final Duration usual;
  private final Duration longest;

  Lifetimes(IceConfig config) {
    this.usual = config.ttl();
    this.longest = config.maxTtl();
  }

  void refuseToStartTimeless(@Observes StartupEvent event) {
    if (usual.toSeconds() < 1 || usual.compareTo(longest) > 0) {
      throw new ConfigurationException(
          "switchboard.ice.ttl takes at least one second and at most switchboard.ice.max-ttl");
    }
  }

  /** What was asked for, or the usual; cut to the longest there is and to what is granted. */
  Duration of(Optional<Duration> asked, Grants grants) {
    Stream<Duration> limits = Stream.of(longest, grants.turn().orElse(longest));
    return limits.reduce(asked.orElse(usual), (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }
}
