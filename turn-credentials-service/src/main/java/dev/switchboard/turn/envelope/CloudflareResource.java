package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.ApiKeys;
import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Bearer;
import dev.switchboard.identity.Problem;
import dev.switchboard.turn.credential.Holder;
import dev.switchboard.turn.ice.Asks;
import dev.switchboard.turn.ice.Handout;
import dev.switchboard.turn.ice.IceServers;
import dev.switchboard.turn.ice.RevocationDesk;
import dev.switchboard.turn.ice.Revoked;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * Cloudflare's Realtime TURN service: {@code POST
 * https://rtc.live.cloudflare.com/v1/turn/keys/{id}/credentials/generate-ice-servers} and {@code
 * …/credentials/{username}/revoke}, as its documentation has them. TURN key id and API token are an
 * API key's id and the key.
 */
@Envelope(Shape.CLOUDFLARE)
@Tag(name = "Shapes of others")
@Path("/v1/turn/keys/{id}/credentials")
public class CloudflareResource {

  private static final int LONGEST_NAME = 508;

  private static final Problem WRONG_KEY =
      Problem.unauthorized("The bearer token is not the key of this id.");
  private static final Problem MALFORMED =
      Problem.badRequest(
          "The body is a JSON object, at will with ttl, a number of seconds, at least 1, and"
              + " customIdentifier, a string.");
  private static final Problem NOT_ITS_NAME = Problem.forbidden("This key is not for that name.");
  private static final Problem TOO_LONG =
      Problem.badRequest("The name is too long: no credential was ever issued to it.");
  private static final Problem FULL =
      Problem.unavailable("No more revocations are taken until some have ended.");
  private static final Problem HERE_ALONE =
      Problem.unavailable(
          "Redis is gone: the name is revoked in one pod alone for now. Revoke it again later.");

  private final ApiKeys keys;
  private final BackendDesk desk;
  private final Asks asks;
  private final RevocationDesk revocations;
  private final ObjectMapper json;

  CloudflareResource(
      ApiKeys keys, BackendDesk desk, Asks asks, RevocationDesk revocations, ObjectMapper json) {
    this.keys = keys;
    this.desk = desk;
    this.asks = asks;
    this.revocations = revocations;
    this.json = json;
  }

  /** ICE servers for the peer in {@code customIdentifier}, or for a fresh one. */
  @POST
  @NonBlocking
  @Path("/generate-ice-servers")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cloudflareIceServers",
      summary = "ICE servers as Cloudflare's Realtime TURN service has them",
      description =
          "Off until switchboard.shapes.enabled has cloudflare. The bearer token is an API key.")
  @APIResponse(
      responseCode = "201",
      description = "Never to be cached",
      content = @Content(schema = @Schema(implementation = CloudflareIceServers.class)))
  @APIResponse(responseCode = "400", description = "A body that is malformed")
  @APIResponse(responseCode = "401", description = "Not the key of this id")
  @APIResponse(responseCode = "403", description = "A name the key is not for, or one revoked")
  public Uni<Response> generate(
      @RestPath String id, @Nullable String body, @Context HttpServerRequest request) {
    Optional<Backend> backend = backend(id, request);
    if (backend.isEmpty()) {
      return Uni.createFrom().item(WRONG_KEY.toResponse());
    }
    return switch (CloudflareAsk.read(body == null ? "" : body, json)) {
      case CloudflareAsk.Nonsense() -> Uni.createFrom().item(MALFORMED.toResponse());
      case CloudflareAsk.Credential(Optional<String> name, Optional<Duration> life) ->
          desk.serve(backend.get(), name, asks.of(request, life)).map(CloudflareResource::envelope);
    };
  }

  /** Stops further issue to the peer that a user name was issued to. */
  @POST
  @NonBlocking
  @Path("/{username: .+}/revoke")
  @Operation(
      operationId = "cloudflareRevoke",
      summary = "No more is issued to this name; what was issued ends at its expiry",
      description = "A user name as it was issued, percent-encoded, or the peer's name alone.")
  @APIResponse(
      responseCode = "204",
      description = "Revoked, in every pod that shares what it knows")
  @APIResponse(responseCode = "401", description = "Not the key of this id")
  @APIResponse(responseCode = "403", description = "A name the key is not for")
  @APIResponse(
      responseCode = "503",
      description = "Too many revocations, or Redis is gone: revoke again later")
  public Uni<Response> revoke(
      @RestPath String id, @RestPath String username, @Context HttpServerRequest request) {
    Optional<Backend> backend = backend(id, request);
    if (backend.isEmpty()) {
      return Uni.createFrom().item(WRONG_KEY.toResponse());
    }
    if (username.length() > LONGEST_NAME) {
      return Uni.createFrom().item(TOO_LONG.toResponse());
    }
    Holder holder =
        Holder.of(username).orElseGet(() -> new Holder(backend.get().realm(), username));
    if (!BackendDesk.mayRevoke(backend.get(), holder)) {
      return Uni.createFrom().item(NOT_ITS_NAME.toResponse());
    }
    return revocations.revoke(holder).map(CloudflareResource::answer);
  }

  private static Response answer(Revoked revoked) {
    return switch (revoked) {
      case DONE -> Response.noContent().build();
      case FULL -> FULL.toResponse();
      case HERE_ALONE -> HERE_ALONE.toResponse();
    };
  }

  private Optional<Backend> backend(String id, HttpServerRequest request) {
    return Bearer.of(request.getHeader("Authorization")).flatMap(key -> keys.of(id, key));
  }

  private static Response envelope(Handout handout) {
    return switch (handout) {
      case Handout.Refused(Problem problem) -> problem.toResponse();
      case Handout.Given(IceServers servers) ->
          Response.status(Response.Status.CREATED)
              .entity(new CloudflareIceServers(servers.iceServers()))
              .build();
    };
  }
}
