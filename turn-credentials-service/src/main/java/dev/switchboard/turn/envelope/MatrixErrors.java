package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Has every refusal in the shape of Matrix speak Matrix, that of the caller's token included. */
@ApplicationScoped
class MatrixErrors {

  private static final Annotation[] NONE = {};

  private final boolean enabled;

  MatrixErrors(ShapesConfig config) {
    this.enabled = config.enabled().orElse(Set.of()).contains(Shape.MATRIX);
  }

  @Envelope
  @ServerResponseFilter
  public void translate(
      ResourceInfo resource, ContainerRequestContext request, ContainerResponseContext response) {
    if (enabled
        && resource.getResourceClass() == MatrixResource.class
        && response.getEntity() instanceof Problem problem) {
      boolean token = request.getHeaderString(HttpHeaders.AUTHORIZATION) != null;
      response.setEntity(MatrixError.of(problem, token), NONE, MediaType.APPLICATION_JSON_TYPE);
    }
  }
}
