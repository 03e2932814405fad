package dev.switchboard.turn.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this service shares with the TURN servers. */
@ConfigMapping(prefix = "switchboard.turn")
interface TurnConfig {

  /**
   * Shared secrets that are always valid, as in coturn's {@code static-auth-secret}, at least 16
   * characters each. The first signs, unless one of {@link #timedSecrets} is valid.
   */
  Optional<List<String>> secrets();

  /** Secrets that come and go, by an id of the operator's: the newest that is valid signs. */
  @WithName("secrets")
  Map<String, TimedSecret> timedSecrets();

  /** A secret of a rotation. */
  interface TimedSecret {

    /** The secret itself, at least 16 characters. */
    String value();

    /** From when on it signs, ISO 8601 with a zone, such as {@code 2027-01-15T08:00:00Z}. */
    Optional<Instant> notBefore();

    /** From when on no TURN server needs it any more; no credential of it lives longer. */
    Optional<Instant> notAfter();
  }
}
