package dev.switchboard.turn.envelope;

import dev.switchboard.identity.Problem;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceServers;
import dev.switchboard.turn.url.Host;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code GET /ice} of STUNner's authentication service, after its OpenAPI description; but a key is
 * needed, where STUNner has none and is kept inside the cluster.
 */
@Envelope(Shape.STUNNER)
@Tag(name = "Shapes of others")
@Path("/ice")
public class StunnerResource {

  private static final Set<String> POLICIES = Set.of("all", "public", "relay");

  private static final Problem MALFORMED =
      Problem.badRequest(
          "The parameters are key, and at will service=turn, username, ttl, a number of seconds,"
              + " iceTransportPolicy, all, public or relay, and public-addr, a host; each is given"
              + " once.");
  private static final Problem NO_LISTENER =
      Problem.of(Response.Status.NOT_FOUND, "There is no listener: no TURN servers.");

  private final BackendDesk desk;

  StunnerResource(BackendDesk desk) {
    this.desk = desk;
  }

  /** The ICE configuration of the peer that the backend names. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "stunnerIce",
      summary = "An ICE configuration as STUNner's authentication service has it",
      description = "Off until switchboard.shapes.enabled has stunner.")
  @Parameter(name = "service", in = ParameterIn.QUERY, description = "turn")
  @Parameter(
      name = "username",
      in = ParameterIn.QUERY,
      description = "The peer; a fresh name by default")
  @Parameter(name = "key", in = ParameterIn.QUERY, required = true, description = "The API key")
  @Parameter(name = "ttl", in = ParameterIn.QUERY, description = "Seconds; cut to the cap")
  @Parameter(
      name = "iceTransportPolicy",
      in = ParameterIn.QUERY,
      description = "all, public or relay; relay stays where it is configured")
  @Parameter(
      name = "public-addr",
      in = ParameterIn.QUERY,
      description = "A host that takes the place of that in every url")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = StunnerIce.class)))
  @APIResponse(responseCode = "400", description = "Malformed, or another service")
  @APIResponse(responseCode = "403", description = "A wrong key, or a name it is not for")
  @APIResponse(responseCode = "404", description = "No listener")
  public Uni<Response> ice(@Context HttpServerRequest request) {
    Parameters parameters = new Parameters(request.params());
    String policy = parameters.get("iceTransportPolicy").orElse("all");
    Optional<String> address = parameters.get("public-addr");
    Optional<String> host = address.map(StunnerResource::bracketed).filter(Host::isHost);
    if (parameters.repeat("service", "username", "key", "ttl", "iceTransportPolicy", "public-addr")
        || !parameters.get("service").orElse("turn").equals("turn")
        || !POLICIES.contains(policy)
        || address.isPresent() != host.isPresent()) {
      return Uni.createFrom().item(MALFORMED.toResponse());
    }
    return desk.serve(parameters, request, host, MALFORMED)
        .map(handout -> envelope(handout, policy, host));
  }

  /** An IPv6 address may come without the brackets that it has in a url. */
  private static String bracketed(String address) {
    return address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
  }

  private static Response envelope(Handout handout, String policy, Optional<String> host) {
    return switch (handout) {
      case Handout.Refused(Problem problem) -> problem.toResponse();
      case Handout.Given(IceServers servers) ->
          StunnerIce.of(servers, policy, host)
              .map(ice -> Response.ok(ice).build())
              .orElseGet(NO_LISTENER::toResponse);
    };
  }
}
