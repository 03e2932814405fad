package dev.switchboard.turn.quota;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Optional;

/**
 * A quota: a bucket of {@code limit} tokens that fills evenly within the window.
 *
 * @param name what answers call it
 */
record Policy(String name, int limit, Duration window) {

  private static final Duration A_DAY = Duration.ofDays(1);

  /** Empty if it is off. */
  static Optional<Policy> of(String name, QuotaConfig.Rate rate) {
    if (rate.limit().isEmpty()) {
      return Optional.empty();
    }
    int limit = rate.limit().getAsInt();
    if (limit < 1 || rate.window().toSeconds() < 1 || rate.window().compareTo(A_DAY) > 0) {
      throw new ConfigurationException(
          "switchboard.quota."
              + name
              + " takes a limit of at least 1 and a window from one second to one day");
    }
    return Optional.of(new Policy(name, limit, rate.window()));
  }

  /** What a member of RateLimit-Policy says (draft-ietf-httpapi-ratelimit-headers-10). */
  String field() {
    return "\"" + name + "\";q=" + limit + ";w=" + window.toSeconds();
  }
}
