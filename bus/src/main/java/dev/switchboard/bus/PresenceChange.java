package dev.switchboard.bus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.identity.Realm;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A peer came or went: what signaling tells the others, as JSON with the version {@code v}.
 *
 * <p>It is a hint and may be lost with a connection to Redis; what is true stands under {@link
 * OnlineKeys}.
 *
 * @param kind whether it came or went
 * @param realm its tenant
 * @param scope the dialect's part of the realm, of {@code [a-z0-9-]}
 * @param peer its name
 * @param session the attachment that began or ended
 * @param node the signaling node that had it; not for callers' eyes
 * @param at when
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({"v", "kind", "realm", "scope", "peer", "session", "node", "at"})
public record PresenceChange(
    Kind kind, Realm realm, String scope, String peer, String session, String node, Instant at) {

  /** The Redis channel that these are published on. */
  public static final String CHANNEL = "switchboard.presence";

  /** The version that this code writes, and the only one that it reads. */
  public static final int VERSION = 1;

  public PresenceChange {
    OnlineKeys.requireScope(scope);
    if (peer.isEmpty() || session.isEmpty() || node.isEmpty()) {
      throw new IllegalArgumentException("a change names a peer, a session and a node");
    }
  }

  @JsonProperty("v")
  int version() {
    return VERSION;
  }

  /** What happened to the peer's session. */
  public enum Kind {
    @JsonProperty("enter")
    ENTER,
    @JsonProperty("leave")
    LEAVE
  }
}
