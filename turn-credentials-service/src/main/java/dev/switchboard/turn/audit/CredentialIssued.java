package dev.switchboard.turn.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.switchboard.identity.Realm;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/**
 * A TURN credential was handed out; what opens the door is not in it.
 *
 * @param v the version of this event
 * @param backend the id of the API key that asked for it; empty if the peer did itself
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"v", "at", "realm", "peer", "backend", "expiresAt"})
public record CredentialIssued(
    int v, Instant at, Realm realm, String peer, Optional<String> backend, Instant expiresAt) {

  private static final int VERSION = 1;

  /** An event of the version that is written now. */
  public CredentialIssued(
      Instant at, Realm realm, String peer, Optional<String> backend, Instant expiresAt) {
    this(VERSION, at, realm, peer, backend, expiresAt);
  }
}
