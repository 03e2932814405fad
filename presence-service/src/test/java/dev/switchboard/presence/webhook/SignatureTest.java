package dev.switchboard.presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  /** The vector in the tests of each of the specification's own libraries. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIME = 1_614_265_330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void theVectorOfStandardWebhooksIsSignedAsItSays() {
    byte[] secret = Signature.secret(SECRET).orElseThrow();
    assertThat(Signature.with(List.of(secret)).of(ID, TIME, BODY)).isEqualTo(SIGNED);
  }

  @Test
  void eachSecretSigns() {
    byte[] secret = Signature.secret(SECRET).orElseThrow();
    byte[] other = Signature.secret(Configured.SECRET).orElseThrow();
    String alone = Signature.with(List.of(other)).of(ID, TIME, BODY);
    assertThat(Signature.with(List.of(secret, other)).of(ID, TIME, BODY))
        .isEqualTo(SIGNED + " " + alone);
  }

  @ParameterizedTest
  @CsvSource({"23, false", "24, true", "64, true", "65, false"})
  void aSecretHas24To64Bytes(int bytes, boolean right) {
    assertThat(Signature.secret(secret(bytes)).isPresent()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "whsec_*", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "WHSEC_AAAA"})
  void whatIsNoSecretIsRefused(String secret) {
    assertThat(Signature.secret(secret)).isEmpty();
  }

  private static String secret(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
