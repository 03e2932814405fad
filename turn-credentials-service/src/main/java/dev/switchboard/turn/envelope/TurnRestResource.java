package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Problem;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceServers;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * "A REST API For Access To TURN Services" (draft-uberti-behave-turn-rest-00, section 2), which
 * Janus and coturn's own examples speak. {@code api} stands for {@code key}, as Janus writes it.
 */
@Envelope(Shape.TURN_REST)
@Tag(name = "Shapes of others")
@Path("/turn")
@Produces(MediaType.APPLICATION_JSON)
public class TurnRestResource {

  private static final Problem MALFORMED =
      Problem.badRequest(
          "The parameters are service=turn, key or api, and at will username and ttl, a number of"
              + " seconds; each is given once.");
  private static final Problem NO_TURN =
      Problem.of(Response.Status.NOT_FOUND, "There are no TURN servers.");

  private final BackendDesk desk;

  TurnRestResource(BackendDesk desk) {
    this.desk = desk;
  }

  /** The credential of the peer that the backend names. */
  @GET
  @NonBlocking
  @Operation(
      operationId = "turnRest",
      summary = "A TURN credential as draft-uberti-behave-turn-rest-00 has it",
      description = "Off until switchboard.shapes.enabled has turn-rest.")
  @Parameter(name = "service", in = ParameterIn.QUERY, required = true, description = "turn")
  @Parameter(
      name = "username",
      in = ParameterIn.QUERY,
      description = "The peer; a fresh name by default")
  @Parameter(
      name = "key",
      in = ParameterIn.QUERY,
      required = true,
      description = "The API key; api is another name for it")
  @Parameter(name = "ttl", in = ParameterIn.QUERY, description = "Seconds; cut to the cap")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = RelayCredential.class)))
  @APIResponse(responseCode = "400", description = "Malformed, or another service")
  @APIResponse(responseCode = "403", description = "A wrong key, or a name it is not for")
  @APIResponse(responseCode = "404", description = "No TURN servers")
  public Uni<Response> get(@Context HttpServerRequest request) {
    return answer(request);
  }

  /** The same for clients that post; the parameters are those of the query, a body is ignored. */
  @POST
  @NonBlocking
  @Operation(operationId = "turnRestPost", summary = "The same as GET; a body is not read")
  @Parameter(name = "service", in = ParameterIn.QUERY, required = true, description = "turn")
  @Parameter(
      name = "username",
      in = ParameterIn.QUERY,
      description = "The peer; a fresh name by default")
  @Parameter(
      name = "key",
      in = ParameterIn.QUERY,
      required = true,
      description = "The API key; api is another name for it")
  @Parameter(name = "ttl", in = ParameterIn.QUERY, description = "Seconds; cut to the cap")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = RelayCredential.class)))
  public Uni<Response> post(@Context HttpServerRequest request) {
    return answer(request);
  }

  private Uni<Response> answer(HttpServerRequest request) {
    Parameters parameters = new Parameters(request.params());
    if (parameters.repeat("service", "username", "key", "api", "ttl")
        || !parameters.get("service").equals(Optional.of("turn"))) {
      return Uni.createFrom().item(MALFORMED.toResponse());
    }
    return desk.serve(parameters, request, Optional.empty(), MALFORMED)
        .map(TurnRestResource::envelope);
  }

  private static Response envelope(Handout handout) {
    return switch (handout) {
      case Handout.Refused(Problem problem) -> problem.toResponse();
      case Handout.Given(IceServers servers) ->
          RelayCredential.of(servers)
              .map(credential -> Response.ok(credential).build())
              .orElseGet(NO_TURN::toResponse);
    };
  }
}
