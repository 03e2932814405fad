package dev.switchboard.turn.ice;

import dev.switchboard.identity.Grants;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;

/** How long a credential lives. */
@ApplicationScoped
class Lifetimes {

  /** A credential that cannot be taken back should not outlive the deployment. */
  private static final Duration A_YEAR = Duration.ofDays(365);

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
    if (longest.compareTo(A_YEAR) > 0) {
      throw new ConfigurationException("switchboard.ice.max-ttl takes at most 365 days");
    }
  }

  /**
   * What was asked for, or the usual; cut to the longest there is and to what is granted. Always
   * positive: a grant of no seconds is a grant of no TURN, see {@link #allowTurn}, and says nothing
   * about how long the rest of an answer holds.
   */
  Duration of(Optional<Duration> asked, Grants grants) {
    Duration granted = grants.turn().filter(Duration::isPositive).orElse(longest);
    return shorter(asked.orElse(usual), shorter(longest, granted));
  }

  /** Whether there may be a credential at all. */
  static boolean allowTurn(Grants grants) {
    return grants.turn().map(Duration::isPositive).orElse(true);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
