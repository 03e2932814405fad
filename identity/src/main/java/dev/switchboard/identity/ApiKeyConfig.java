package dev.switchboard.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The keys of backends: {@code switchboard.api-keys.<id>.hash} and what each may do. */
@ConfigMapping(prefix = "switchboard.api-keys")
interface ApiKeyConfig {

  /** By id, which is no secret: 1 to 64 letters, digits, hyphens and underscores. */
  @WithParentName
  Map<String, Key> keys();

  /** One backend's key. */
  interface Key {

    /**
     * SHA-256 of the key, in hex. The key itself is random and long ({@code openssl rand -hex 32}),
     * which is why a fast hash without salt is enough: there is nothing to guess.
     */
    String hash();

    /** The realm that the backend acts in; by default {@code switchboard.auth.realm}. */
    Optional<String> realm();

    /** The names it may ask for; {@code *} stands for any run of characters. */
    @WithDefault("*")
    String names();
  }
}
