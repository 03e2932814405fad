package dev.switchboard.turn.ice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;

/** The time, as TURN servers tell it. */
final class SystemClock {

  private SystemClock() {}

  @Produces
  @ApplicationScoped
  static InstantSource clock() {
    return InstantSource.system();
  }
}
