package dev.switchboard.turn.relay;

import dev.switchboard.turn.url.IceUrl;
import java.util.List;

/** A TURN server, which may be reached in several ways. */
record Relay(String name, int weight, List<Endpoint> endpoints) {

  List<IceUrl> usable() {
    return endpoints.stream().filter(Endpoint::isUsable).map(Endpoint::url).toList();
  }
}
