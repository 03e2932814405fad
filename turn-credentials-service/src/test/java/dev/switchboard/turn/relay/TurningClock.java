package dev.switchboard.turn.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The true time, which a test can put forward. On in the profiles that enable it. */
@Alternative
@ApplicationScoped
public class TurningClock implements InstantSource {

  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  void putForward(Duration by) {
    ahead = ahead.plus(by);
  }
}
