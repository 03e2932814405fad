package dev.switchboard.turn.ice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is handed out. In a url, {@code {host}} stands for the host that the request was sent to, so
 * that one configuration serves localhost and an address of the local network alike.
 */
@ConfigMapping(prefix = "switchboard.ice")
interface IceConfig {

  /** STUN urls (RFC 7064); by default this service's own responder, if it is enabled. */
  Optional<List<String>> stunUrls();

  /** Which candidates browsers may use. */
  @WithDefault("all")
  TransportPolicy transportPolicy();

  /** The life of a credential whose caller asks for none in particular; whole seconds. */
  @WithDefault("1h")
  Duration ttl();

  /** The longest life there is; who asks for more gets this. */
  @WithDefault("24h")
  Duration maxTtl();

  /** Whether an answer names its servers in Link headers too, as WHIP clients read them. */
  @WithDefault("false")
  boolean linkHeader();
}
