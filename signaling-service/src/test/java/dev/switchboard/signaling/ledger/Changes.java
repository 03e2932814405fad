package dev.switchboard.signaling.ledger;

import dev.switchboard.bus.ChangesConfig;
import java.time.Duration;

/** As it is by default. */
record Changes() implements ChangesConfig {

  @Override
  public int keep() {
    return 10_000;
  }

  @Override
  public Duration keepLastSeen() {
    return Duration.ofDays(30);
  }
}
