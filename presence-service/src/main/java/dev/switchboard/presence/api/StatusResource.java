package dev.switchboard.presence.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.Patience;
import dev.switchboard.bus.Statuses;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.view.StatusView;
import dev.switchboard.presence.view.ViewText;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What a peer says of itself. */
@Identified
@Path("/presence/me/status")
@APIResponse(responseCode = "204", description = "It stands, and who watches is told")
@APIResponse(responseCode = "400", description = "The status is malformed")
@APIResponse(responseCode = "401", description = "A valid token is needed")
@APIResponse(responseCode = "403", description = "The name is somebody else's")
@APIResponse(responseCode = "503", description = "Redis is gone; see Retry-After")
public class StatusResource {

  private static final int LONGEST = 140;
  private static final Duration LONGEST_TIME = Duration.ofDays(30);

  private final Statuses statuses;
  private final ObjectMapper json;
  private final CurrentCaller caller;

  StatusResource(
      ReactiveRedisDataSource redis,
      BusConfig bus,
      ChangesConfig changes,
      ObjectMapper json,
      CurrentCaller caller) {
    this.statuses = new Statuses(redis.getRedis(), new Patience(bus.timeout()), changes);
    this.json = json;
    this.caller = caller;
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Says how it stands with the caller",
      description = "It stays over reconnects, until another is said or its time is up.")
  public Uni<Void> put(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = StatusView.class)))
          @Nullable String body,
      @Parameter(description = "Whose it is, where callers need no token") @QueryParam("name")
          @Nullable String name) {
    String peer = self(name);
    Instant latest = Instant.now().plus(LONGEST_TIME);
    StatusView status = Requests.read(json, body, StatusView.class);
    if (!isSound(status, latest)) {
      throw Requests.refusal(
          Problem.badRequest(
              "status takes online, away or busy; text at most "
                  + LONGEST
                  + " characters without control characters; until a time within 30 days."));
    }
    Instant until = Optional.ofNullable(status.until()).orElse(latest);
    return statuses.put(caller.get().realm(), peer, ViewText.of(json, status), until);
  }

  @DELETE
  @Operation(summary = "Says nothing any more")
  public Uni<Void> delete(
      @Parameter(description = "Whose it is, where callers need no token") @QueryParam("name")
          @Nullable String name) {
    return statuses.put(caller.get().realm(), self(name), "", Instant.EPOCH);
  }

  /** Jackson's null checks are the compiler's no concern: a body may leave anything out. */
  @SuppressWarnings("ConstantValue")
  private static boolean isSound(StatusView status, Instant latest) {
    String text = Optional.ofNullable(status.text()).orElse("");
    @Nullable Instant until = status.until();
    return status.status() != null
        && text.length() <= LONGEST
        && text.chars().noneMatch(Character::isISOControl)
        && (until == null || (until.isAfter(Instant.now()) && !until.isAfter(latest)));
  }

  private String self(@Nullable String name) {
    Caller asking = caller.get();
    String self = Requests.name(asking.name().orElse(name));
    if (name != null && !asking.maySpeakAs(name)) {
      throw Requests.refusal(Problem.forbidden("The token is of another name."));
    }
    return self;
  }
}
