package dev.switchboard.turn.selftest;

import dev.switchboard.identity.ApiKeys;
import dev.switchboard.identity.Backend;
import dev.switchboard.identity.Bearer;
import dev.switchboard.identity.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/**
 * For operators alone: which address the STUN responder sees through whatever stands in front of
 * it.
 */
@Tag(name = "STUN")
@Path("/stun/self-test")
public class SelfTestResource {

  private static final Problem NOTHING =
      Problem.of(Response.Status.NOT_FOUND, "There is nothing at this path.");
  private static final Problem WRONG_KEY = Problem.unauthorized("An operator's API key is needed.");
  private static final Problem NO_OPERATOR = Problem.forbidden("This key is no operator's.");
  private static final Problem BUSY = Problem.unavailable("The self-test is running.");
  private static final int SECONDS_TO_WAIT = 1;

  private final SelfTest selfTest;
  private final ApiKeys keys;
  private final Set<String> operators;

  SelfTestResource(SelfTest selfTest, ApiKeys keys, SelfTestConfig config) {
    this.selfTest = selfTest;
    this.keys = keys;
    this.operators = config.operators().orElse(Set.of());
  }

  /** Asks the configured urls; takes nothing from the request but who it is from. */
  @GET
  @RunOnVirtualThread
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "stunSelfTest",
      summary = "Which address the STUN responder sees when this pod asks the public urls",
      description =
          "There only while switchboard.stun.self-test.operators has the ids of API keys; the"
              + " bearer token is one of these keys.")
  @APIResponse(
      responseCode = "200",
      description = "Never to be cached; the last result while it stands",
      content = @Content(schema = @Schema(implementation = SelfTestReport.class)))
  @APIResponse(responseCode = "401", description = "No API key")
  @APIResponse(responseCode = "403", description = "An API key of somebody else")
  @APIResponse(responseCode = "404", description = "Not configured")
  @APIResponse(responseCode = "503", description = "Another caller has it run")
  public Response run(@RestHeader(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    if (operators.isEmpty()) {
      return NOTHING.toResponse();
    }
    Optional<Backend> backend = Bearer.of(authorization).flatMap(keys::of);
    if (backend.isEmpty()) {
      return WRONG_KEY.toResponse();
    }
    if (!operators.contains(backend.get().id())) {
      return NO_OPERATOR.toResponse();
    }
    return selfTest
        .run()
        .map(report -> Response.ok(report).header(HttpHeaders.CACHE_CONTROL, "no-store").build())
        .orElseGet(() ->
            Response.fromResponse(BUSY.toResponse())
                .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
                .build());
  }
}
