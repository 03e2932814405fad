package dev.switchboard.identity;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The {@link Gate} for a token that no HTTP request brought. The rules are the same. */
@ApplicationScoped
public class TokenGate {

  private final Gate gate;
  private final IdentityProviderManager identities;

  TokenGate(Gate gate, IdentityProviderManager identities) {
    this.gate = gate;
    this.identities = identities;
  }

  /**
   * Who brought this token, a JWT in its compact form.
   *
   * @return as {@link Gate#admit} has it; safe on an event loop
   */
  public Uni<Admission> admit(String token) {
    return gate.admit(
        identities.authenticate(new TokenAuthenticationRequest(new JsonWebTokenCredential(token))));
  }
}
