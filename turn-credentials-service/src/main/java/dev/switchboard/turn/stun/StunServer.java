package dev.switchboard.turn.stun;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The STUN responder of this service, from start to stop. */
@ApplicationScoped
public class StunServer {

  private static final Logger LOG = Logger.getLogger(StunServer.class);
  private static final int MOST_SOCKETS = 1024;
  private static final int LARGEST_BATCH = 64;
  private static final int MOST_A_SECOND = 1_000_000_000;

  private final StunConfig config;
  private final StunOutcomes outcomes;
  private final TcpOutcomes tcpOutcomes;
  private volatile @Nullable StunSockets sockets;

  StunServer(StunConfig config, StunOutcomes outcomes, TcpOutcomes tcpOutcomes) {
    this.config = config;
    this.outcomes = outcomes;
    this.tcpOutcomes = tcpOutcomes;
  }

  /**
   * The first port of UDP and TCP on which it answers; empty when it is disabled. Settled once
   * startup is over.
   */
  public OptionalInt port() {
    StunSockets open = sockets;
    return open == null ? OptionalInt.empty() : OptionalInt.of(open.port());
  }

  /** Where it answers; empty when it is disabled. */
  List<String> locals() {
    StunSockets open = sockets;
    return open == null ? List.of() : open.locals();
  }

  /** How many TCP connections are open now. */
  int openConnections() {
    StunSockets open = sockets;
    return open == null ? 0 : open.openConnections();
  }

  boolean isEnabled() {
    return config.enabled();
  }

  boolean isServing() {
    StunSockets open = sockets;
    return open != null && open.areServing();
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    check(config);
    Places places = Places.of(config);
    Encoder encoder = encoder(config);
    BindingResponder responder = responder(config.limit(), new BasicUsage(encoder));
    CodecWarmUp.run();
    StunSockets bound = StunSockets.bind(places, config, outcomes, tcpOutcomes);
    bound.serve(responder, encoder);
    sockets = bound;
    LOG.infof("STUN answers on %s", locals());
  }

  void stop(@Observes ShutdownEvent event) {
    StunSockets open = sockets;
    sockets = null;
    if (open != null) {
      open.close();
    }
  }

  private static void check(StunConfig config) {
    StunConfig.Tcp tcp = config.tcp();
    if (tcp.connections() < 1 || tcp.connectionsPerSource() < 1 || !tcp.idle().isPositive()) {
      throw new ConfigurationException(
          "switchboard.stun.tcp.connections, .connections-per-source and .idle take more than"
              + " nothing");
    }
    if (config.sockets().isPresent()
        && (config.sockets().getAsInt() < 1 || config.sockets().getAsInt() > MOST_SOCKETS)) {
      throw new ConfigurationException("switchboard.stun.sockets takes 1 to " + MOST_SOCKETS);
    }
    if (config.batch() < 1 || config.batch() > LARGEST_BATCH) {
      throw new ConfigurationException("switchboard.stun.batch takes 1 to " + LARGEST_BATCH);
    }
  }

  private static Encoder encoder(StunConfig config) {
    return config.software().map(StunServer::naming).orElseGet(Encoder::anonymous);
  }

  private static Encoder naming(String software) {
    if (software.codePointCount(0, software.length()) > Encoder.LONGEST_SOFTWARE) {
      throw new ConfigurationException(
          "switchboard.stun.software takes up to " + Encoder.LONGEST_SOFTWARE + " characters");
    }
    return Encoder.naming(software);
  }

  private static BindingResponder responder(StunConfig.Limit limit, Usage usage) {
    if (!limit.enabled()) {
      return BindingResponder.unlimited(usage);
    }
    if (limit.rate() < 1 || limit.rate() > MOST_A_SECOND || limit.burst() < 1) {
      throw new ConfigurationException(
          "switchboard.stun.limit.rate takes 1 to %d, and .burst at least 1"
              .formatted(MOST_A_SECOND));
    }
    return BindingResponder.limitedBy(
        SourceLimit.of(limit.rate(), limit.burst(), new SecureRandom().nextLong()), usage);
  }
}
