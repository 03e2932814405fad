package dev.switchboard.turn.ice;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands, so that credentials can be compared with those of another tool. */
@Alternative
@Priority(1)
@ApplicationScoped
class FixedClock implements InstantSource {

  @Override
  public Instant instant() {
    return Instant.parse("2027-01-15T08:00:00.750Z");
  }
}
