package dev.switchboard.presence.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.feed.Feed;
import dev.switchboard.presence.view.PeerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Who is online, in the caller's realm and as far as its grants let it see. */
@Identified
@Path("/presence")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "200", description = "The answer, as it stands now")
@APIResponse(responseCode = "400", description = "A parameter is malformed")
@APIResponse(responseCode = "401", description = "A valid token is needed")
@APIResponse(responseCode = "403", description = "The token does not grant this")
@APIResponse(responseCode = "503", description = "Redis is gone; see Retry-After")
public class PresenceResource {

  private static final int MOST_QUERIED = 1000;

  private final Feed feed;
  private final ObjectMapper json;
  private final CurrentCaller caller;

  PresenceResource(Feed feed, ObjectMapper json, CurrentCaller caller) {
    this.feed = feed;
    this.json = json;
    this.caller = caller;
  }

  @GET
  @Path("/{peer}")
  @Operation(
      summary = "Whether one peer is online, since when and with what, or when it was last seen",
      description = "For a peer whose name is a path here, such as events, ask /presence/query.")
  public Uni<PeerView> peer(@PathParam("peer") String peer) {
    Caller asking = Requests.watcher(caller);
    Requests.name(peer);
    if (!asking.grants().allowsPeer(peer)) {
      throw Requests.refusal(Problem.forbidden("The token's grants do not reach this peer."));
    }
    return peers(asking, List.of(peer)).map(List::getFirst);
  }

  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How it stands with many peers, in the order in which they are named",
      description = "Peers that the caller's grants do not reach are left out.")
  public Uni<QueryAnswer> query(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = Query.class)))
          @Nullable String body) {
    Caller asking = Requests.watcher(caller);
    @Nullable List<String> names = Requests.read(json, body, Query.class).peers();
    if (names == null || names.isEmpty() || names.size() > MOST_QUERIED) {
      throw Requests.refusal(
          Problem.badRequest("peers takes a list of 1 to " + MOST_QUERIED + " names."));
    }
    names.forEach(Requests::name);
    List<String> seen = names.stream().distinct().filter(asking.grants()::allowsPeer).toList();
    return peers(asking, seen).map(QueryAnswer::new);
  }

  private Uni<List<PeerView>> peers(Caller asking, List<String> names) {
    return feed.current(asking.realm())
        .chain(follower -> {
          List<PeerView> views =
              follower.look(standing ->
                  names.stream()
                      .map(name -> PeerView.of(standing.roll(), name, asking.grants()))
                      .toList());
          List<String> offline =
              views.stream().filter(view -> !view.online()).map(PeerView::peer).toList();
          return feed.lastSeen(asking.realm(), offline)
              .map(seen -> views.stream().map(view -> view.lastSeen(seen)).toList());
        });
  }

  @GET
  @Operation(summary = "Who is online, by name")
  public Uni<ListAnswer> list(
      @Parameter(description = "How many to list at most: 1 to 1000, by default 500")
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "As the page before says") @QueryParam("cursor")
          @Nullable String cursor) {
    Caller asking = Requests.watcher(caller);
    int most = Requests.limit(limit);
    @Nullable String after = Requests.cursor(cursor);
    return feed.current(asking.realm())
        .map(follower ->
            follower.look(
                standing -> ListAnswer.of(standing.roll(), asking.grants(), after, most)));
  }

  /** Whom is asked about. */
  @RegisterForReflection
  record Query(@Nullable List<String> peers) {}

  /** How it stands with each. */
  record QueryAnswer(List<PeerView> peers) {}
}
