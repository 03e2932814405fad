package dev.switchboard.turn.envelope;

import dev.switchboard.identity.ApiKeys;
import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.ice.AskedTtl;
import dev.switchboard.turn.ice.Asks;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceServers;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Twilio's Network Traversal Service: {@code POST
 * https://api.twilio.com/2010-04-01/Accounts/{AccountSid}/Tokens.json}, as its REST API reference
 * has it. Account SID and auth token are an API key's id and the key.
 */
@Envelope(Shape.TWILIO)
@Tag(name = "Shapes of others")
@Path("/2010-04-01/Accounts/{sid}/Tokens.json")
@Produces(MediaType.APPLICATION_JSON)
public class TwilioResource {

  private static final String NO_TTL = "Ttl is a number of seconds, at least 1, given once.";

  private final ApiKeys keys;
  private final BackendDesk desk;
  private final Asks asks;

  TwilioResource(ApiKeys keys, BackendDesk desk, Asks asks) {
    this.keys = keys;
    this.desk = desk;
    this.asks = asks;
  }

  /** A token under a fresh name: this shape has no place for one. */
  @POST
  @NonBlocking
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      operationId = "twilioToken",
      summary = "A token as Twilio's Network Traversal Service has it",
      description =
          "Off until switchboard.shapes.enabled has twilio. HTTP Basic with an API key's id and"
              + " the key.")
  @APIResponse(
      responseCode = "201",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = TwilioToken.class)))
  @APIResponse(
      responseCode = "400",
      description = "A Ttl that is no number of seconds",
      content = @Content(schema = @Schema(implementation = TwilioError.class)))
  @APIResponse(
      responseCode = "401",
      description = "Not the key of this account",
      content = @Content(schema = @Schema(implementation = TwilioError.class)))
  @APIResponse(
      responseCode = "404",
      description = "No TURN servers",
      content = @Content(schema = @Schema(implementation = TwilioError.class)))
  public Uni<Response> token(
      @RestPath String sid, @RestForm("Ttl") List<String> ttl, @Context HttpServerRequest request) {
    Optional<Backend> backend =
        BasicCredentials.read(request.getHeader("Authorization"))
            .filter(basic -> basic.user().equals(sid))
            .flatMap(basic -> keys.of(sid, basic.password()));
    if (backend.isEmpty()) {
      return Uni.createFrom().item(TwilioError.unauthorized());
    }
    return switch (AskedTtl.read(ttl)) {
      case AskedTtl.Nonsense() -> Uni.createFrom().item(TwilioError.malformed(NO_TTL));
      case AskedTtl.Life(Optional<Duration> life) ->
          desk.serve(backend.get(), Optional.empty(), asks.of(request, life))
              .map(handout -> envelope(sid, handout));
    };
  }

  private static Response envelope(String sid, Handout handout) {
    return switch (handout) {
      case Handout.Refused(Problem problem) ->
          TwilioError.refused(problem.status(), problem.detail());
      case Handout.Given(IceServers servers) ->
          TwilioToken.of(sid, servers)
              .map(token -> Response.status(Response.Status.CREATED).entity(token).build())
              .orElseGet(() -> TwilioError.notFound("There are no TURN servers."));
    };
  }
}
