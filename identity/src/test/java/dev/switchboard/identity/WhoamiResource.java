package dev.switchboard.identity;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;

/** What the tests call through the filter. */
@Identified
@Path("/whoami")
public class WhoamiResource {

  private final CurrentCaller caller;

  WhoamiResource(CurrentCaller caller) {
    this.caller = caller;
  }

  @GET
  public Map<String, Object> whoami() {
    Caller me = caller.get();
    return Map.of(
        "realm", me.realm().name(),
        "name", me.name().orElse(""),
        "presence", me.grants().presence(),
        "turn", me.grants().turn().map(d -> d.toSeconds()).orElse(-1L),
        "reachesBob", me.grants().allowsPeer("bob"),
        "joinsTeam", me.grants().allowsRoom("team-7"));
  }

  @GET
  @Path("/bug")
  public String bug() {
    throw new IllegalStateException("the details of this stay in the log");
  }
}
