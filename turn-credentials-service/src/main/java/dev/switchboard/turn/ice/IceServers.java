package dev.switchboard.turn.ice;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code GET /ice-servers}; its first two members are what an {@code
 * RTCPeerConnection} takes as its configuration.
 *
 * @param ttl in seconds
 * @param expiresAt when the credential ends
 * @param refreshAfter when to ask again: a quarter of the life is left for it
 */
@RegisterForReflection
@JsonPropertyOrder({"iceServers", "iceTransportPolicy", "ttl", "expiresAt", "refreshAfter"})
public record IceServers(
    List<IceServer> iceServers,
    TransportPolicy iceTransportPolicy,
    long ttl,
    Instant expiresAt,
    Instant refreshAfter) {

  static IceServers between(
      Instant now, Instant end, List<IceServer> servers, TransportPolicy policy) {
    long ttl = Duration.between(now, end).toSeconds();
    return new IceServers(servers, policy, ttl, end, now.plusSeconds(ttl * 3 / 4));
  }

  /** The TURN servers with their credential; empty if none are handed out. */
  public Optional<IceServer> relay() {
    return iceServers.stream().filter(server -> server.credential().isPresent()).findFirst();
  }
}
