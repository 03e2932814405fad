package dev.switchboard.signaling.socket;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The bounds of a socket. */
@ConfigMapping(prefix = "switchboard.socket")
interface SocketConfig {

  /** The longest frame a client may send, in characters. Longer: closed with 1009. */
  @WithDefault("64K")
  MemorySize maxFrame();

  /** How much may wait for a client that reads slowly, in characters. More: cut. */
  @WithDefault("1M")
  MemorySize outbox();

  /** The most sockets of this pod. More: 503 with Retry-After. */
  @WithDefault("20000")
  int maxConnections();

  /** How long a socket may be silent, pongs included, before it counts as dead. */
  @WithDefault("60s")
  Duration deadAfter();

  /** How long before its token ends a client is told, where its dialect has words for it. */
  @WithDefault("60s")
  Duration tokenWarning();

  /**
   * Which pages may open a socket: origins such as {@code https://app.example}, or {@code *}. By
   * default those of this very host. A client that is no browser sends no origin and is not asked.
   */
  Optional<List<String>> allowedOrigins();
}
