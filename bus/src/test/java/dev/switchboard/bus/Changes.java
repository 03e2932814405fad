package dev.switchboard.bus;

import java.time.Duration;

/** How much is kept of what changes, for a test. */
record Changes(int keep) implements ChangesConfig {

  @Override
  public Duration keepLastSeen() {
    return Duration.ofDays(30);
  }
}
