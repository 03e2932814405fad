package dev.switchboard.turn.ice;

import dev.switchboard.turn.credential.Credential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The record of what was issued: who to, for how long, and never what opens the door. It exists
 * from the start, so that its counter is seen at zero.
 */
@Startup
@Singleton
class Issues {

  /** A category of its own, so that an operator can send it elsewhere. */
  private static final Logger AUDIT = Logger.getLogger("switchboard.audit");

  private final Counter issued;

  Issues(MeterRegistry registry) {
    this.issued =
        Counter.builder("switchboard.turn.credentials.issued")
            .description("TURN credentials handed out")
            .register(registry);
  }

  void record(Credential credential, Duration life) {
    issued.increment();
    // The user name is percent-encoded: a caller's name cannot break the line.
    AUDIT.infof("issued a TURN credential to %s for %d s", credential.username(), life.toSeconds());
  }
}
