package dev.switchboard.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

  private static final String KEY = "correct-horse-battery-staple";

  /** {@code printf %s correct-horse-battery-staple | sha256sum}. */
  private static final String HASH =
      "87cbebfeebc05f7c54ac9336c4b4bbec831227a641951a4bde7edd56020f8590";

  @Test
  void aKeyNamesItsBackend() {
    ApiKeys keys = keys(Map.of("shop", key(HASH, "acme", "team-*")));

    assertThat(keys.of(KEY))
        .contains(new Backend("shop", new Realm("acme"), new NamePattern("team-*")));
    assertThat(keys.of("shop", KEY)).isEqualTo(keys.of(KEY));
  }

  @Test
  void aHashMayBeInCapitals() {
    assertThat(keys(Map.of("shop", key(HASH.toUpperCase(Locale.ROOT), null, "*"))).of(KEY))
        .isPresent();
  }

  @Test
  void withoutARealmItIsTheDefaultOne() {
    assertThat(keys(Map.of("shop", key(HASH, null, "*"))).of(KEY).orElseThrow().realm())
        .isEqualTo(new Realm("default"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "correct", KEY + "\n", HASH, "ü"})
  void anotherKeyNamesNobody(String other) {
    ApiKeys keys = keys(Map.of("shop", key(HASH, "acme", "*")));

    assertThat(keys.of(other)).isEmpty();
    assertThat(keys.of("shop", other)).isEmpty();
  }

  @Test
  void aKeyUnderAnotherIdNamesNobody() {
    ApiKeys keys =
        keys(Map.of("shop", key(HASH, "acme", "*"), "blog", key("0".repeat(64), "acme", "*")));

    assertThat(keys.of("blog", KEY)).isEmpty();
    assertThat(keys.of("nobody", KEY)).isEmpty();
  }

  @Test
  void withoutKeysThereIsNobody() {
    assertThat(keys(Map.of()).of(KEY)).isEmpty();
  }

  @Test
  void aBackendSpeaksForItsNamesAlone() {
    Backend backend = new Backend("shop", new Realm("acme"), new NamePattern("team-*"));

    assertThat(backend.maySpeakFor("team-7")).isTrue();
    assertThat(backend.maySpeakFor("ada")).isFalse();
    assertThat(backend.as("team-7").name()).contains("team-7");
    assertThat(backend.as("team-7").realm()).isEqualTo(new Realm("acme"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "plain-text-key-by-mistake"})
  void aKeyInPlaceOfItsHashIsRefusedAndNotTold(String hash) {
    assertThatThrownBy(() -> keys(Map.of("shop", key(hash, "acme", "*"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.api-keys.shop.hash")
        .hasMessageNotContaining("by-mistake");
  }

  @Test
  void anIdOrARealmThatIsNoneIsRefused() {
    assertThatThrownBy(() -> keys(Map.of("a/b", key(HASH, "acme", "*"))))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> keys(Map.of("shop", key(HASH, "a}b", "*"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("switchboard.api-keys.shop.realm");
  }

  @Test
  void twoBackendsDoNotShareAKey() {
    ApiKeys keys = keys(Map.of("shop", key(HASH, "acme", "*"), "blog", key(HASH, "other", "*")));

    assertThatThrownBy(() -> keys.refuseToStartAmbiguous(new StartupEvent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(HASH);
  }

  private static ApiKeys keys(Map<String, ApiKeyConfig.Key> keys) {
    return new ApiKeys(() -> keys, new Auth(AuthConfig.Mode.CLOSED, "default"));
  }

  private static ApiKeyConfig.Key key(String hash, @Nullable String realm, String names) {
    return new Key(hash, Optional.ofNullable(realm), names);
  }

  private record Auth(Mode mode, String realm) implements AuthConfig {}

  private record Key(String hash, Optional<String> realm, String names)
      implements ApiKeyConfig.Key {}
}
