package dev.switchboard.turn.stun;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every STUN socket is served, or when none is wanted. */
@Readiness
@ApplicationScoped
class StunReadiness implements HealthCheck {

  private final StunServer server;

  StunReadiness(StunServer server) {
    this.server = server;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("STUN responder")
        .withData("enabled", server.isEnabled())
        .withData("listening", server.locals().toString())
        .status(!server.isEnabled() || server.isServing())
        .build();
  }
}
