package dev.switchboard.turn.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The TURN servers by region, and how they are probed. */
@ConfigMapping(prefix = "switchboard.relay")
interface RelayConfig {

  /** By region, then by a name of the operator's for each relay. */
  Map<String, Map<String, Member>> pools();

  /**
   * The region of callers that ask for none, or for one that is not here; "default" if there are
   * {@code switchboard.ice.turn-urls}, or the only one there is.
   */
  Optional<String> defaultRegion();

  /** How many relays of a pool an answer names, chosen by weight; browsers slow down with many. */
  @WithDefault("2")
  int handedOut();

  /** A header that names the caller's region, such as a proxy in front may set. */
  @WithDefault("X-Region")
  String regionHeader();

  /** The ids of API keys that may read {@code GET /relays}; without any it is not there. */
  Optional<Set<String>> operators();

  /** How relays are probed. */
  Probe probe();

  /** One relay. */
  interface Member {

    /** Its TURN urls (RFC 7065), for instance over UDP, over TCP, and {@code turns} on port 443. */
    List<String> urls();

    /** How often it is chosen, compared with the others of its pool. */
    @WithDefault("1")
    int weight();
  }

  /** Probes. */
  interface Probe {

    /** Whether there are any; without them every relay is handed out. */
    @WithDefault("true")
    boolean enabled();

    /** From the end of one probe of a url to the next, give or take a fifth. */
    @WithDefault("15s")
    Duration interval();

    /** How long one probe may take in all. */
    @WithDefault("3s")
    Duration timeout();

    /** How many probes run at once. */
    @WithDefault("8")
    int concurrency();

    /** The Quarkus TLS configuration that {@code turns} is checked with; the JDK's own if none. */
    Optional<String> tlsConfiguration();
  }
}
