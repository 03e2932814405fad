package dev.switchboard.turn.ice;

import dev.switchboard.turn.credential.Credential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The record of what was issued: who to, for how long, and never what opens the door. */
@ApplicationScoped
class Issues {

  private static final Logger LOG = Logger.getLogger(Issues.class);

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
    LOG.infof("issued a TURN credential to %s for %d s", credential.username(), life.toSeconds());
  }
}
