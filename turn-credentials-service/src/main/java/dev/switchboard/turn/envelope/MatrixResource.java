package dev.switchboard.turn.envelope;

import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.ice.Asks;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceDesk;
import dev.switchboard.turn.ice.IceServers;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What a Matrix client asks before a call: {@code GET /_matrix/client/v3/voip/turnServer} of the
 * client-server API. The access token is one of ours.
 */
@Envelope(Shape.MATRIX)
@Identified
@Tag(name = "Shapes of others")
@SecurityRequirement(name = "SecurityScheme")
@Path("/_matrix/client/v3/voip/turnServer")
public class MatrixResource {

  private final IceDesk desk;
  private final Asks asks;
  private final CurrentCaller caller;

  MatrixResource(IceDesk desk, Asks asks, CurrentCaller caller) {
    this.desk = desk;
    this.asks = asks;
    this.caller = caller;
  }

  /** The caller's credential; an empty object, as homeservers answer, if there is no TURN. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "matrixTurnServer",
      summary = "A TURN credential as the client-server API of Matrix has it",
      description = "Off until switchboard.shapes.enabled has matrix.")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached; an empty object if there is no TURN",
      content = @Content(schema = @Schema(implementation = RelayCredential.class)))
  @APIResponse(responseCode = "401", description = "No token, or one that is not valid here")
  public Uni<Response> turnServer(@Context HttpServerRequest request) {
    return desk.serve(caller.get(), asks.of(request, Optional.empty()))
        .map(MatrixResource::envelope);
  }

  private static Response envelope(Handout handout) {
    return switch (handout) {
      case Handout.Refused(Problem problem) -> problem.toResponse();
      case Handout.Given(IceServers servers) ->
          RelayCredential.of(servers)
              .map(credential -> Response.ok(credential).build())
              .orElseGet(() -> Response.ok(Map.of()).build());
    };
  }
}
