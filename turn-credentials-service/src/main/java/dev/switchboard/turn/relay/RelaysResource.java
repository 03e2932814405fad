package dev.switchboard.turn.relay;

import dev.switchboard.identity.ApiKeys;
import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Bearer;
import dev.switchboard.identity.Problem;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells operators, and nobody else, what this pod's probes found. */
@Tag(name = "Relays")
@Path("/relays")
public class RelaysResource {

  private static final Problem NOTHING =
      Problem.of(Response.Status.NOT_FOUND, "There is nothing at this path.");
  private static final Problem WRONG_KEY = Problem.unauthorized("An operator's API key is needed.");
  private static final Problem NO_OPERATOR = Problem.forbidden("This key is no operator's.");

  private final Relays relays;
  private final ApiKeys keys;
  private final Set<String> operators;

  RelaysResource(Relays relays, ApiKeys keys, RelayConfig config) {
    this.relays = relays;
    this.keys = keys;
    this.operators = config.operators().orElse(Set.of());
  }

  /** Each region, its relays and how their urls stand; no credentials. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "relays",
      summary = "How the TURN servers stand, as this pod's probes found them",
      description =
          "There only while switchboard.relay.operators has the ids of API keys; the bearer token"
              + " is one of these keys.")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = RelayReport.class)))
  @APIResponse(responseCode = "401", description = "No API key")
  @APIResponse(responseCode = "403", description = "An API key of somebody else")
  public Response relays(@Context HttpServerRequest request) {
    if (operators.isEmpty()) {
      return NOTHING.toResponse();
    }
    Optional<Backend> backend = Bearer.of(request.getHeader("Authorization")).flatMap(keys::of);
    if (backend.isEmpty()) {
      return WRONG_KEY.toResponse();
    }
    if (!operators.contains(backend.get().id())) {
      return NO_OPERATOR.toResponse();
    }
    return Response.ok(RelayReport.of(relays))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
