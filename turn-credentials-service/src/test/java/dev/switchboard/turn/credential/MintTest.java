package dev.switchboard.turn.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.identity.Realm;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MintTest {

  private static final Realm ACME = new Realm("acme");
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_800_000_000);

  @Test
  void signsAsAnIndependentToolDoes() {
    // printf %s '1800000000:acme/ada' |
    //   openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary | base64
    Credential credential = mint("a-secret-of-the-relay").mint(ACME, "ada", EXPIRY).orElseThrow();

    assertThat(credential.username()).isEqualTo("1800000000:acme/ada");
    assertThat(credential.password()).isEqualTo("5lEj6XW6Mzl4Of9A91UQ8QQAvYc=");
    assertThat(credential.expiresAt()).isEqualTo(EXPIRY);
  }

  @Test
  void theFirstSecretSigns() {
    assertThat(mint("a-secret-of-the-relay", "an-older-secret-of-it").mint(ACME, "ada", EXPIRY))
        .isEqualTo(mint("a-secret-of-the-relay").mint(ACME, "ada", EXPIRY))
        .isNotEqualTo(mint("an-older-secret-of-it").mint(ACME, "ada", EXPIRY));
  }

  @ParameterizedTest
  @CsvSource({
    "ada, ada",
    "Ada-1._~, Ada-1._~",
    "a:b, a%3Ab",
    "a/b, a%2Fb",
    "a%2Fb, a%252Fb",
    "'a b', a%20b",
    "ü, %C3%BC",
    "😀, %F0%9F%98%80",
    "'\n', %0A",
  })
  void noSeparatorSlipsIn(String peer, String encoded) {
    Credential credential = mint("a-secret-of-the-relay").mint(ACME, peer, EXPIRY).orElseThrow();

    assertThat(credential.username()).isEqualTo("1800000000:acme/" + encoded);
  }

  @Test
  void aNameThatDoesNotFitIntoAStunUserNameGetsNoCredential() {
    int room = Username.MOST_BYTES - "1800000000:acme/".length();

    assertThat(mint("a-secret-of-the-relay").mint(ACME, "a".repeat(room), EXPIRY)).isPresent();
    assertThat(mint("a-secret-of-the-relay").mint(ACME, "a".repeat(room + 1), EXPIRY)).isEmpty();
    assertThat(mint("a-secret-of-the-relay").mint(ACME, "ü".repeat(10_000), EXPIRY)).isEmpty();
  }

  @Test
  void aCredentialDoesNotTellItsPassword() {
    Credential credential = mint("a-secret-of-the-relay").mint(ACME, "ada", EXPIRY).orElseThrow();

    assertThat(credential).asString().doesNotContain(credential.password());
  }

  @Test
  void aGuessableSecretIsRefusedAndNotTold() {
    Mint mint = mint("a-secret-of-the-relay", "guessme");

    assertThatThrownBy(() -> mint.refuseToStartGuessable(new StartupEvent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("at least 16 characters")
        .hasMessageNotContaining("guessme");
  }

  @Test
  void withoutASecretNothingIsSigned() {
    Mint mint = new Mint(Optional::empty);

    mint.refuseToStartGuessable(new StartupEvent());
    assertThat(mint.canSign()).isFalse();
    assertThatThrownBy(() -> mint.mint(ACME, "ada", EXPIRY))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Mint mint(String... secrets) {
    return new Mint(() -> Optional.of(List.of(secrets)));
  }
}
