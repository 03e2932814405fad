package dev.switchboard.turn.credential;

import dev.switchboard.identity.Realm;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs TURN credentials that the relay can check with nothing but the shared secret: "A REST API
 * For Access To TURN Services" (draft-uberti-behave-turn-rest-00, section 2.2), which is what
 * coturn's {@code use-auth-secret} implements.
 *
 * <p>Such a credential cannot be taken back: it ends when it says so.
 */
@ApplicationScoped
public class Mint {

  private static final String ALGORITHM = "HmacSHA1";
  private static final int LEAST_CHARACTERS = 16;

  private final List<String> secrets;

  Mint(TurnConfig config) {
    this.secrets = config.secrets().orElse(List.of());
  }

  void refuseToStartGuessable(@Observes StartupEvent event) {
    if (secrets.stream().anyMatch(secret -> secret.length() < LEAST_CHARACTERS)) {
      throw new ConfigurationException(
          "Every secret of switchboard.turn.secrets takes at least 16 characters");
    }
  }

  /** Whether there is a secret to sign with. */
  public boolean canSign() {
    return !secrets.isEmpty();
  }

  /**
   * A credential for one peer. Safe on any thread, an event loop included: it computes and does not
   * wait.
   *
   * @param expiresAt to the second; a fraction is dropped
   * @return empty if realm and peer, percent-encoded, do not fit into a STUN user name
   * @throws IllegalStateException without a secret
   */
  public Optional<Credential> mint(Realm realm, String peer, Instant expiresAt) {
    long expiry = expiresAt.getEpochSecond();
    String username = Username.of(expiry, realm.name(), peer);
    if (username.length() > Username.MOST_BYTES) {
      return Optional.empty();
    }
    return Optional.of(new Credential(username, sign(username), Instant.ofEpochSecond(expiry)));
  }

  private String sign(String username) {
    if (!canSign()) {
      throw new IllegalStateException("no secret to sign with");
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secrets.getFirst().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA1", e);
    }
  }
}
