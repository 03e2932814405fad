package dev.switchboard.presence.watch;

import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Problem;
import dev.switchboard.presence.board.Room;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody asks to watch, and whether it may. */
@Singleton
class Wishes {

  private static final int MOST_PEERS = 100;

  private final Lookout lookout;

  Wishes(Lookout lookout) {
    this.lookout = lookout;
  }

  Topic topic(
      Caller caller, @Nullable List<String> peers, @Nullable String room, @Nullable String scope) {
    if (!caller.grants().presence()) {
      throw refusal(Problem.forbidden("The token does not grant presence."));
    }
    Topic topic = topic(peers, room, scope);
    if (!allows(caller, topic)) {
      throw refusal(Problem.forbidden("The token's grants do not reach all of that."));
    }
    if (!lookout.hasRoom()) {
      throw refusal(Problem.unavailable("As many watch here as may; try again soon."));
    }
    return topic;
  }

  private static Topic topic(
      @Nullable List<String> peers, @Nullable String room, @Nullable String scope) {
    if (peers != null && room != null) {
      throw refusal(Problem.badRequest("Either peers can be watched or a room."));
    }
    if (room != null) {
      return new Topic.Members(Room.of(scope, room));
    }
    if (peers == null) {
      return new Topic.Everyone();
    }
    if (peers.isEmpty() || peers.size() > MOST_PEERS || !peers.stream().allMatch(Wishes::isName)) {
      throw refusal(Problem.badRequest("peers takes 1 to " + MOST_PEERS + " names."));
    }
    return new Topic.Peers(Set.copyOf(peers));
  }

  /** A list of JSON may have anything in it. */
  private static boolean isName(@Nullable String name) {
    return name != null && !name.isEmpty();
  }

  private static boolean allows(Caller caller, Topic topic) {
    return switch (topic) {
      case Topic.Everyone _ -> true;
      case Topic.Peers(var names) -> names.stream().allMatch(caller.grants()::allowsPeer);
      case Topic.Members(var room) -> caller.grants().allowsRoom(room.name());
    };
  }

  private static WebApplicationException refusal(Problem problem) {
    return new WebApplicationException(problem.toResponse());
  }
}
