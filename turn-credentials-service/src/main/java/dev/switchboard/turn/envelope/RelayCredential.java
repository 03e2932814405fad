package dev.switchboard.turn.envelope;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.turn.ice.IceServers;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * The answer of draft-uberti-behave-turn-rest-00, section 2.2.
 *
 * @param ttl in seconds
 * @param uris TURN alone
 */
@RegisterForReflection
@JsonPropertyOrder({"username", "password", "ttl", "uris"})
record RelayCredential(String username, String password, long ttl, List<String> uris) {

  /** Empty if no TURN servers are handed out. */
  static Optional<RelayCredential> of(IceServers servers) {
    return servers
        .relay()
        .map(relay ->
            new RelayCredential(
                relay.username().orElseThrow(),
                relay.credential().orElseThrow(),
                servers.ttl(),
                relay.urls()));
  }
}
