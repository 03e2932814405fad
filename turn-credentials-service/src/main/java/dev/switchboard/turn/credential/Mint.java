package dev.switchboard.turn.credential;

import dev.switchboard.identity.Realm;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs TURN credentials that the relay can check with nothing but the shared secret: "A REST API
 * For Access To TURN Services" (draft-uberti-behave-turn-rest-00, section 2.2), which is what
 * coturn's {@code use-auth-secret} implements.
 *
 * <p>Such a credential cannot be taken back: it ends when it says so, and no later than the secret
 * that signed it.
 */
@ApplicationScoped
public class Mint {

  private final Secrets secrets;

  Mint(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * A credential for one peer. Safe on any thread, an event loop included: it computes and does not
   * wait.
   *
   * @param now the time, which says what signs
   * @param life how long it shall live, at least a second; fractions are dropped, and the end of
   *     the secret cuts it
   */
  public Minted mint(Realm realm, String peer, Instant now, Duration life) {
    Optional<Secret> secret = secrets.signing(now);
    if (secret.isEmpty()) {
      return new Minted.NoSecret();
    }
    Instant end = earlier(now.plus(life), secret.get().notAfter());
    String username = Username.of(end.getEpochSecond(), realm.name(), peer);
    if (username.length() > Username.MOST_BYTES) {
      return new Minted.NameTooLong();
    }
    return new Minted.Signed(
        new Credential(
            username, secret.get().sign(username), Instant.ofEpochSecond(end.getEpochSecond())));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
