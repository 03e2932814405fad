package dev.switchboard.identity;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.lang.UnresolvableKeyException;

/** Decides who comes in, for sockets and REST alike. */
@ApplicationScoped
public class Gate {

  private static final Logger LOG = Logger.getLogger(Gate.class);
  private static final List<String> KEYS =
      List.of("mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey");

  private final AuthConfig.Mode mode;
  private final Realm realm;
  private final Config config;

  Gate(AuthConfig auth, Config config) {
    this.mode = auth.mode();
    if (!Realm.isName(auth.realm())) {
      throw new ConfigurationException(
          "switchboard.auth.realm takes 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    this.realm = new Realm(auth.realm());
    this.config = config;
  }

  void refuseToStartUnlocked(@Observes StartupEvent event) {
    switch (mode) {
      case OPEN -> LOG.warn("switchboard.auth.mode=open: callers need no token");
      case CLOSED -> {
        if (KEYS.stream().allMatch(key -> config.getOptionalValue(key, String.class).isEmpty())) {
          throw new ConfigurationException(
              "No key to check tokens with: set mp.jwt.verify.publickey.location to a PEM file, a"
                  + " JWKS file or a JWKS address, or set switchboard.auth.mode=open to let"
                  + " everybody in");
        }
      }
    }
  }

  /**
   * Turns what Quarkus found in a request into a caller. A token that is expired, forged or
   * malformed is denied in either mode: open means that none is needed, not that any will do.
   *
   * @param identity the identity of the request, deferred or not; safe on an event loop
   * @return never fails for a bad token; where the keys are at an address that has not answered
   *     yet, it is a denial with status 503
   */
  public Uni<Admission> admit(Uni<SecurityIdentity> identity) {
    return identity
        .map(this::admit)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(Gate::deny);
  }

  private static Admission deny(Throwable failure) {
    return new Admission.Denied(
        keysAreOutOfReach(failure)
            ? Problem.unavailable("The keys to check tokens with are out of reach.")
            : Problem.unauthorized("The token is expired, malformed or not signed for us."));
  }

  /**
   * A key that could not be fetched says nothing about the token. It comes as an unresolvable key
   * with the reason it could not be; a key that is not among those fetched has none.
   */
  private static boolean keysAreOutOfReach(Throwable failure) {
    return failure.getCause() instanceof ParseException unverified
        && unverified.getCause() instanceof UnresolvableKeyException unresolvable
        && unresolvable.getCause() != null;
  }

  private Admission admit(SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return new Claims(token, realm).read();
    }
    return switch (mode) {
      case OPEN -> new Admission.Admitted(Caller.anonymous(realm));
      case CLOSED ->
          new Admission.Denied(Problem.unauthorized("A bearer token is needed; none came."));
    };
  }
}
