package dev.switchboard.presence.api;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.board.Board;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Who is online, in the caller's realm and as far as its grants let it see. */
@Identified
@Path("/presence")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "200", description = "The answer, as Redis has it now")
@APIResponse(responseCode = "400", description = "A parameter is malformed")
@APIResponse(responseCode = "401", description = "A valid token is needed")
@APIResponse(responseCode = "403", description = "The token does not grant this")
@APIResponse(responseCode = "503", description = "Redis is gone; see Retry-After")
public class PresenceResource {

  private static final int LIMIT = 500;
  private static final int LARGEST_LIMIT = 1000;

  private final Board board;
  private final CurrentCaller caller;

  PresenceResource(Board board, CurrentCaller caller) {
    this.board = board;
    this.caller = caller;
  }

  @GET
  @Path("/{peer}")
  @Operation(summary = "Whether one peer is online, and since when, or when it was last seen")
  public Uni<PeerAnswer> peer(@PathParam("peer") String peer) {
    Caller asking = watcher();
    if (!PeerName.isValid(peer)) {
      throw refusal(
          Problem.badRequest("A peer's name is 1 to 128 characters without control characters."));
    }
    if (!asking.grants().allowsPeer(peer)) {
      throw refusal(Problem.forbidden("The token's grants do not reach this peer."));
    }
    return board.peer(asking.realm(), peer).map(PeerAnswer::of);
  }

  @GET
  @Operation(summary = "Who is online, by name")
  public Uni<ListAnswer> list(
      @Parameter(description = "How many to list at most: 1 to 1000, by default 500")
          @QueryParam("limit")
          @Nullable String limit) {
    Caller asking = watcher();
    int most = limit == null ? LIMIT : parsed(limit);
    return board
        .online(asking.realm(), asking.grants()::allowsPeer)
        .map(online -> ListAnswer.of(online, most));
  }

  private Caller watcher() {
    Caller asking = caller.get();
    if (!asking.grants().presence()) {
      throw refusal(Problem.forbidden("The token does not grant presence."));
    }
    return asking;
  }

  private static int parsed(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // No number is refused like one that is out of bounds.
    }
    throw refusal(Problem.badRequest("limit takes a number from 1 to " + LARGEST_LIMIT + "."));
  }

  private static WebApplicationException refusal(Problem problem) {
    return new WebApplicationException(problem.toResponse());
  }
}
