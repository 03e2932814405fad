package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Hides what is switched off, before anybody asks who is calling. */
@ApplicationScoped
class EnvelopeFilter {

  private static final Problem NOTHING =
      Problem.of(Response.Status.NOT_FOUND, "There is nothing at this path.");

  private final Set<Shape> enabled;

  EnvelopeFilter(ShapesConfig config) {
    this.enabled = config.enabled().orElse(Set.of());
  }

  @Envelope
  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  public @Nullable Response hide(ResourceInfo resource) {
    @Nullable Envelope envelope = resource.getResourceClass().getAnnotation(Envelope.class);
    return envelope != null && enabled.containsAll(Arrays.asList(envelope.value()))
        ? null
        : NOTHING.toResponse();
  }
}
