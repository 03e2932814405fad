package dev.switchboard.turn.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.identity.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MintTest {

  private static final Realm ACME = new Realm("acme");
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_800_000_000);
  private static final Instant NOW = EXPIRY.minus(LIFE);
  private static final String SECRET = "a-secret-of-the-relay";

  @Test
  void signsAsAnIndependentToolDoes() {
    // printf %s '1800000000:acme/ada' |
    //   openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary | base64
    Credential credential = signed(mint("ada"));

    assertThat(credential.username()).isEqualTo("1800000000:acme/ada");
    assertThat(credential.password()).isEqualTo("5lEj6XW6Mzl4Of9A91UQ8QQAvYc=");
    assertThat(credential.expiresAt()).isEqualTo(EXPIRY);
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
    Credential credential = signed(mint(peer));

    assertThat(credential.username()).isEqualTo("1800000000:acme/" + encoded);
  }

  @Test
  void aNameThatDoesNotFitIntoAStunUserNameGetsNoCredential() {
    int room = Username.MOST_BYTES - "1800000000:acme/".length();

    assertThat(mint("a".repeat(room))).isInstanceOf(Minted.Signed.class);
    assertThat(mint("a".repeat(room + 1))).isEqualTo(new Minted.NameTooLong());
    assertThat(mint("ü".repeat(10_000))).isEqualTo(new Minted.NameTooLong());
  }

  @Test
  void aCredentialDoesNotTellItsPassword() {
    Credential credential = signed(mint("ada"));

    assertThat(credential).asString().doesNotContain(credential.password());
  }

  @Test
  void aCredentialEndsWithItsSecret() {
    Mint mint =
        new Mint(
            SecretsTest.of(
                Map.of("one", SecretsTest.timed(SECRET, null, NOW.plusSeconds(90).plusMillis(1)))));

    assertThat(signed(mint.mint(ACME, "ada", NOW, LIFE)).expiresAt())
        .isEqualTo(NOW.plusSeconds(90));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    Mint mint = new Mint(SecretsTest.of(Map.of()));

    assertThat(mint.mint(ACME, "ada", NOW, LIFE)).isEqualTo(new Minted.NoSecret());
  }

  private static Minted mint(String peer) {
    return new Mint(SecretsTest.of(Map.of(), SECRET)).mint(ACME, peer, NOW, LIFE);
  }

  private static Credential signed(Minted minted) {
    return switch (minted) {
      case Minted.Signed(Credential credential) -> credential;
      case Minted.NameTooLong(), Minted.NoSecret() -> throw new AssertionError(minted);
    };
  }
}
