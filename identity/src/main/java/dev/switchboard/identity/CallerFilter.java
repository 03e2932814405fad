package dev.switchboard.identity;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Asks the {@link Gate} before any resource marked {@link Identified}. */
@ApplicationScoped
class CallerFilter {

  private final Gate gate;
  private final CurrentIdentityAssociation identity;
  private final CurrentCaller current;

  CallerFilter(Gate gate, CurrentIdentityAssociation identity, CurrentCaller current) {
    this.gate = gate;
    this.identity = identity;
    this.current = current;
  }

  @Identified
  @ServerRequestFilter
  public Uni<@Nullable Response> admit() {
    return gate.admit(identity.getDeferredIdentity()).map(this::answer);
  }

  private @Nullable Response answer(Admission admission) {
    return switch (admission) {
      case Admission.Admitted(Caller caller) -> {
        current.set(caller);
        yield null;
      }
      case Admission.Denied(Problem problem) -> problem.toResponse();
    };
  }
}
