package dev.switchboard.turn.ice;

import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Switchboard's own envelope: what a browser may pass to {@code RTCPeerConnection} as it is. */
@Identified
@Tag(name = "ICE servers")
@SecurityRequirement(name = "SecurityScheme")
@Path("/ice-servers")
public class IceServersResource {

  private static final String NO_TTL = "The ttl is a number of seconds, at least 1, given once.";

  private final IceDesk desk;
  private final Asks asks;
  private final CurrentCaller caller;
  private final boolean links;

  IceServersResource(IceDesk desk, Asks asks, CurrentCaller caller, IceConfig config) {
    this.desk = desk;
    this.asks = asks;
    this.caller = caller;
    this.links = config.linkHeader();
  }

  /** The caller's ICE servers, fresh at each call. */
  @GET
  @NonBlocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "iceServers",
      summary = "The ICE servers of the caller, with TURN credentials that end by themselves",
      description =
          "Ask again after refreshAfter, then call setConfiguration and restartIce. A credential"
              + " cannot be revoked: no more are issued to a name that is blocked, and what is"
              + " issued ends at expiresAt.")
  @Parameter(
      name = "ttl",
      in = ParameterIn.QUERY,
      description =
          "How many seconds the credential shall live; cut to the service's cap and to the token's"
              + " turn grant",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
  @Parameter(
      name = "region",
      in = ParameterIn.QUERY,
      description = "The TURN region; the default one if there is none of this name")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = IceServers.class)))
  @APIResponse(
      responseCode = "400",
      description = "A ttl that is no number of seconds, or a host that is none",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "401",
      description = "No token, or one that is not valid here",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "403",
      description = "No more are issued to this name",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "429",
      description = "A quota is used up; Retry-After says until when",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<Response> iceServers(@Context HttpServerRequest request) {
    return switch (AskedTtl.read(request.params().getAll("ttl"))) {
      case AskedTtl.Life(Optional<Duration> life) ->
          desk.serve(caller.get(), asks.of(request, life)).map(this::envelope);
      case AskedTtl.Nonsense() -> Uni.createFrom().item(Problem.badRequest(NO_TTL).toResponse());
    };
  }

  /**
   * What a WHIP client asks before it offers (RFC 9725, section 4.6). A preflight never gets here:
   * CORS answers it, and no credential is made for it.
   */
  @OPTIONS
  @NonBlocking
  @Operation(
      operationId = "iceServerLinks",
      summary = "The ICE servers as Link headers alone, where these are switched on",
      description = "Issues a credential like GET, unless switchboard.ice.link-header is off.")
  @APIResponse(responseCode = "204", description = "Link headers, one a url, and Allow")
  public Uni<Response> options(@Context HttpServerRequest request) {
    if (!links) {
      return Uni.createFrom().item(allowed().build());
    }
    return desk.serve(caller.get(), asks.of(request, Optional.empty()))
        .map(handout ->
            switch (handout) {
              case Handout.Given(IceServers servers) -> linked(allowed(), servers).build();
              case Handout.Refused(Problem problem) -> problem.toResponse();
            });
  }

  private static Response.ResponseBuilder allowed() {
    return Response.noContent().header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
  }

  private static Response.ResponseBuilder linked(
      Response.ResponseBuilder response, IceServers servers) {
    IceLinks.of(servers).forEach(link -> response.header(HttpHeaders.LINK, link));
    return response;
  }

  private Response envelope(Handout handout) {
    return switch (handout) {
      case Handout.Given(IceServers servers) ->
          links ? linked(Response.ok(servers), servers).build() : Response.ok(servers).build();
      case Handout.Refused(Problem problem) -> problem.toResponse();
    };
  }
}
