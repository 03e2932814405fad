package dev.switchboard.presence.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.CurrentCaller;
import dev.switchboard.identity.Identified;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.board.Member;
import dev.switchboard.presence.board.Room;
import dev.switchboard.presence.feed.Feed;
import dev.switchboard.presence.view.Cursor;
import dev.switchboard.presence.view.RoomView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Who is in which room. */
@Identified
@Path("/presence/rooms")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "200", description = "The answer, as it stands now")
@APIResponse(responseCode = "400", description = "A parameter is malformed")
@APIResponse(responseCode = "401", description = "A valid token is needed")
@APIResponse(responseCode = "403", description = "The token does not grant this")
@APIResponse(responseCode = "503", description = "Redis is gone; see Retry-After")
public class RoomResource {

  private final Feed feed;
  private final CurrentCaller caller;

  RoomResource(Feed feed, CurrentCaller caller) {
    this.feed = feed;
    this.caller = caller;
  }

  @GET
  @Path("/{room}")
  @Operation(
      summary = "How many are in a room, and who",
      description =
          "A room that nobody is in has no members; whether it was ever there nobody knows. Who may"
              + " join a room may see who is in it.")
  public Uni<RoomView> room(
      @PathParam("room") String room,
      @Parameter(description = "The dialect of the room, by default v1") @QueryParam("scope")
          @Nullable String scope,
      @Parameter(description = "How many to list at most: 1 to 1000, by default 500")
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "As the page before says") @QueryParam("cursor")
          @Nullable String cursor) {
    Caller asking = Requests.watcher(caller);
    Room asked = Room.of(scope, Requests.name(room));
    int most = Requests.limit(limit);
    @Nullable Member after = Requests.memberCursor(cursor);
    if (!asking.grants().allowsRoom(room)) {
      throw Requests.refusal(Problem.forbidden("The token's grants do not reach this room."));
    }
    return feed.current(asking.realm())
        .map(follower ->
            follower.look(standing -> RoomView.of(standing.roll(), asked, after, most)));
  }

  @GET
  @Operation(summary = "The rooms that somebody is in, by name")
  public Uni<RoomsAnswer> rooms(
      @Parameter(description = "How many to list at most: 1 to 1000, by default 500")
          @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "As the page before says") @QueryParam("cursor")
          @Nullable String cursor) {
    Caller asking = Requests.watcher(caller);
    int most = Requests.limit(limit);
    @Nullable Room after = Requests.roomCursor(cursor);
    return feed.current(asking.realm())
        .map(follower ->
            follower.look(
                standing -> RoomsAnswer.of(standing.roll().rooms(), asking, after, most)));
  }

  /**
   * Rooms, as JSON.
   *
   * @param cursor where the next page begins; only if there is one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RoomsAnswer(List<Occupied> rooms, @Nullable String cursor) {

    static RoomsAnswer of(
        NavigableMap<Room, NavigableMap<Member, String>> rooms,
        Caller asking,
        @Nullable Room after,
        int most) {
      NavigableMap<Room, NavigableMap<Member, String>> rest =
          after == null ? rooms : rooms.tailMap(after, false);
      List<Occupied> page = new ArrayList<>();
      for (Map.Entry<Room, NavigableMap<Member, String>> entry : rest.entrySet()) {
        Room room = entry.getKey();
        if (asking.grants().allowsRoom(room.name())) {
          if (page.size() == most) {
            Occupied last = page.getLast();
            return new RoomsAnswer(page, Cursor.of(new Room(last.scope(), last.room())));
          }
          page.add(new Occupied(room.name(), room.scope(), entry.getValue().size()));
        }
      }
      return new RoomsAnswer(page, null);
    }
  }

  /** A room, and how many are in it. */
  record Occupied(String room, String scope, int count) {}
}
