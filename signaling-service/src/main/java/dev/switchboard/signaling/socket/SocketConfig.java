package dev.switchboard.signaling.socket;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The bounds of a socket. */
@ConfigMapping(prefix = "switchboard.socket")
interface SocketConfig {

  /** The longest frame a client may send, in characters. Longer: closed with 1009. */
  @WithDefault("64K")
  MemorySize maxFrame();

  /**
   * How much may wait for a client that reads slowly, in characters. More: cut. The same holds for
   * what a client sends while an earlier frame of it waits for Redis; more: closed with 3001.
   */
  @WithDefault("1M")
  MemorySize outbox();

  /** The most sockets of this pod. More: 503 with Retry-After. */
  @WithDefault("20000")
  int maxConnections();

  /**
   * The most sockets of one peer, by the name in its token, on this pod. More: 429 with
   * Retry-After.
   */
  @WithDefault("50")
  int maxConnectionsPerPeer();

  /**
   * The most sockets of one IPv4 address, or of one IPv6 network of 64 bits, on this pod. More: 429
   * with Retry-After. None by default: behind a proxy that is not trusted by {@code
   * quarkus.http.proxy.trusted-proxies} everybody has its address.
   */
  OptionalInt maxConnectionsPerAddress();

  /** How many frames a client may send in a second, for long. 0: as many as it likes. */
  @WithDefault("100")
  int messagesPerSecond();

  /**
   * How many frames a client may send at once that has been silent. A frame beyond is refused as
   * {@code rate_limited}; with as many refused at once as this, or at twice the pace for long, the
   * socket closes with 3001.
   */
  @WithDefault("1000")
  int messagesBurst();

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

  /**
   * The paths where {@code ?access_token=} opens a socket, for clients that know no other way. None
   * by default: a query ends up in the logs of proxies.
   */
  Optional<List<String>> accessTokenPaths();
}
