package dev.switchboard.presence.watch;

import dev.switchboard.bus.ChangeId;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What happens, as server-sent events. */
@Identified
@Path("/presence/events")
@APIResponse(
    responseCode = "200",
    description = "A snapshot, or what was missed; then what happens")
@APIResponse(responseCode = "400", description = "A parameter is malformed")
@APIResponse(responseCode = "401", description = "A valid token is needed")
@APIResponse(responseCode = "403", description = "The token does not grant this")
@APIResponse(responseCode = "503", description = "Redis is gone, or too many watch here")
public class WatchResource {

  private final Lookout lookout;
  private final Wishes wishes;
  private final CurrentCaller caller;

  WatchResource(Lookout lookout, Wishes wishes, CurrentCaller caller) {
    this.lookout = lookout;
    this.wishes = wishes;
    this.caller = caller;
  }

  @GET
  @Operation(
      summary = "Watches peers, a room or the realm",
      description =
          "Without a parameter all peers are watched that the caller may see. The first event is a"
              + " snapshot with its version; each one after that has the version of the change as"
              + " its id. A client that lost its connection says the last one in Last-Event-ID, and"
              + " is told what it missed, at any pod; where that is not known any more it gets a"
              + " snapshot.")
  public Uni<Void> watch(
      @Parameter(description = "Peers by name, with commas; at most 100") @QueryParam("peers")
          @Nullable String peers,
      @Parameter(description = "A room") @QueryParam("room") @Nullable String room,
      @Parameter(description = "The dialect of the room, by default v1") @QueryParam("scope")
          @Nullable String scope,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context RoutingContext http) {
    // Nobody named is not the same as nobody asked for, which is everybody.
    @Nullable List<String> names =
        http.queryParams().contains("peers")
            ? List.of(Objects.requireNonNullElse(peers, "").split(",", -1))
            : null;
    Topic topic = wishes.topic(caller.get(), names, room, scope);
    Optional<ChangeId> after = Optional.ofNullable(lastEventId).flatMap(ChangeId::parse);
    return lookout
        .watch(caller.get(), topic, after, () -> http.request().connection().close())
        .invoke(tellings -> SseResponse.write(tellings, http))
        // From here on the response is written there.
        .chain(_ -> Uni.createFrom().nothing());
  }
}
