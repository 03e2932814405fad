package dev.switchboard.turn.audit;

import dev.switchboard.turn.credential.Credential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * The record of what was issued: who to, for how long, and never what opens the door. It exists
 * from the start, so that its counters are seen at zero.
 *
 * <p>An event is at most once: of those that Redis has not confirmed no more wait than the
 * channel's {@code buffer-size}, and what comes on top of them, or is under way when Redis goes, is
 * dropped and counted. Nobody waits for an event.
 */
@Startup
@Singleton
public class Audit {

  /** A category of its own, so that an operator can send it elsewhere. */
  private static final Logger AUDIT = Logger.getLogger("switchboard.audit");

  private final boolean enabled;
  private final Emitter<CredentialIssued> events;
  private final Counter issued;
  private final Counter dropped;

  Audit(
      AuditConfig config,
      @Channel("credentials-issued") @OnOverflow(OnOverflow.Strategy.THROW_EXCEPTION)
          Emitter<CredentialIssued> events,
      MeterRegistry registry) {
    this.enabled = config.enabled();
    this.events = events;
    this.issued =
        Counter.builder("switchboard.turn.credentials.issued")
            .description("TURN credentials handed out")
            .register(registry);
    this.dropped =
        Counter.builder("switchboard.audit.dropped")
            .description("Events of credentials handed out that Redis did not confirm")
            .register(registry);
  }

  /** Notes one. Any thread; never waits. */
  public void record(CredentialIssued event, Credential credential) {
    issued.increment();
    // The user name is percent-encoded: a caller's name cannot break the line.
    AUDIT.infof(
        "issued a TURN credential to %s for %d s",
        credential.username(), Duration.between(event.at(), event.expiresAt()).toSeconds());
    if (enabled) {
      tell(event);
    }
  }

  private void tell(CredentialIssued event) {
    try {
      events
          .send(event)
          .whenComplete((_, failure) -> {
            if (failure != null) {
              dropped.increment();
            }
          });
    } catch (IllegalStateException full) {
      dropped.increment();
    }
  }
}
