package dev.switchboard.turn.stun;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the STUN responder listens. */
@ConfigMapping(prefix = "switchboard.stun")
interface StunConfig {

  /** Whether this service answers STUN itself. */
  @WithDefault("true")
  boolean enabled();

  /**
   * The ports of UDP and TCP, the same on every address; 0 takes one that is free. The first is
   * what browsers are told where nothing else is configured.
   */
  @WithName("port")
  @WithDefault("3478")
  List<Integer> ports();

  /**
   * The local addresses, as literals. {@code ::} serves IPv4 as well, so {@code 0.0.0.0} beside it
   * only counts on a host without IPv6.
   */
  @WithDefault("0.0.0.0,::")
  List<String> addresses();

  /**
   * How many sockets share each UDP address, with a thread each; the kernel spreads the sources
   * over them. Unless set, one for each CPU that the service may use.
   */
  OptionalInt sockets();

  /**
   * How many datagrams a UDP socket takes and answers with one call of Linux, 1 to 64. Elsewhere,
   * in a native image, with behaviour discovery, and with 1, the JDK's channels take one at a time.
   */
  @WithDefault("32")
  int batch();

  /**
   * What answers say of the software that runs here (RFC 8489, section 14.14), up to 127
   * characters. Unless set they say nothing; with it they are longer.
   */
  Optional<String> software();

  /** NAT behaviour discovery; off unless both of its settings are there. */
  Discovery discovery();

  /** How often one source is answered. */
  Limit limit();

  /** STUN over TCP, for those whose network lets no UDP through. */
  Tcp tcp();

  /**
   * The second address and the second port of RFC 5780. They join {@link #addresses} and {@link
   * #ports}; the first address of the same family and the first port are the other half.
   */
  interface Discovery {

    /** An address of this host that clients can reach, as a literal. */
    Optional<String> otherAddress();

    /** A port that is not among {@link #ports}; 0 takes one that is free. */
    OptionalInt otherPort();
  }

  /** What connections may cost. */
  interface Tcp {

    /** Whether the port is served over TCP too. */
    @WithDefault("true")
    boolean enabled();

    /** How many may be open at a time on each address and port; the next is closed at once. */
    @WithDefault("1000")
    int connections();

    /**
     * How many of them one source may have, which is an IPv4 address or the /64 of an IPv6 one; its
     * next is closed at once, so that others find a place.
     */
    @WithDefault("100")
    int connectionsPerSource();

    /** How long a request may take to come whole and its answer to be taken. */
    @WithDefault("30s")
    Duration idle();
  }

  /** A token bucket for each IPv4 address and each IPv6 /64. */
  interface Limit {

    /** Whether there is a limit at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Answers a second. A page that opens a call asks a few times; behind one address of a carrier
     * there are thousands of them.
     */
    @WithDefault("200")
    int rate();

    /** Answers at once after a pause. */
    @WithDefault("1000")
    int burst();
  }
}
