package dev.switchboard.turn.stun;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The STUN responder of this service: its sockets, from start to stop. */
@ApplicationScoped
public class StunServer {

  private static final Logger LOG = Logger.getLogger(StunServer.class);
  private static final String UDP = "UDP";
  private static final String TCP = "TCP";
  private static final int ATTEMPTS_AT_A_FREE_PORT = 5;
  private static final int MOST_SOCKETS = 1024;
  private static final int MOST_A_SECOND = 1_000_000_000;
  private static final InetAddress ANY_V4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_V6 = InetAddress.ofLiteral("::");

  private final StunConfig config;
  private final StunOutcomes outcomes;
  private final TcpOutcomes tcpOutcomes;
  private final List<StunSocket> sockets = new ArrayList<>();
  private final List<TcpListener> listeners = new ArrayList<>();

  StunServer(StunConfig config, StunOutcomes outcomes, TcpOutcomes tcpOutcomes) {
    this.config = config;
    this.outcomes = outcomes;
    this.tcpOutcomes = tcpOutcomes;
  }

  /**
   * The port of UDP and TCP on which it answers; empty when it is disabled. Settled once startup is
   * over.
   */
  public OptionalInt port() {
    return sockets.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(sockets.getFirst().local().getPort());
  }

  /** Where it answers; empty when it is disabled. */
  List<String> locals() {
    return Stream.concat(
            sockets.stream().map(socket -> text(UDP, socket.local())),
            listeners.stream().map(listener -> text(TCP, listener.local())))
        .distinct()
        .toList();
  }

  /** How many TCP connections are open now. */
  int openConnections() {
    return listeners.stream().mapToInt(TcpListener::openConnections).sum();
  }

  boolean isEnabled() {
    return config.enabled();
  }

  boolean isServing() {
    return !sockets.isEmpty()
        && sockets.stream().allMatch(StunSocket::isServing)
        && listeners.stream().allMatch(TcpListener::isServing);
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    if (config.port() < 0 || config.port() > 65535) {
      throw new ConfigurationException("switchboard.stun.port takes 0 to 65535");
    }
    if (config.tcp().connections() < 1 || !config.tcp().idle().isPositive()) {
      throw new ConfigurationException(
          "switchboard.stun.tcp.connections and switchboard.stun.tcp.idle take more than nothing");
    }
    if (config.sockets().isPresent()
        && (config.sockets().getAsInt() < 1 || config.sockets().getAsInt() > MOST_SOCKETS)) {
      throw new ConfigurationException("switchboard.stun.sockets takes 1 to " + MOST_SOCKETS);
    }
    CodecWarmUp.run();
    open(responder(config.limit()));
    LOG.infof("STUN answers on %s", locals());
  }

  void stop(@Observes ShutdownEvent event) {
    closeAll();
  }

  private static BindingResponder responder(StunConfig.Limit limit) {
    if (!limit.enabled()) {
      return BindingResponder.unlimited();
    }
    if (limit.rate() < 1 || limit.rate() > MOST_A_SECOND || limit.burst() < 1) {
      throw new ConfigurationException(
          "switchboard.stun.limit.rate takes 1 to %d, and .burst at least 1"
              .formatted(MOST_A_SECOND));
    }
    return BindingResponder.limitedBy(
        SourceLimit.of(limit.rate(), limit.burst(), new SecureRandom().nextLong()));
  }

  private void open(BindingResponder responder) {
    for (int attempt = 1; sockets.isEmpty(); attempt++) {
      try {
        for (InetAddress address : addresses()) {
          open(address, responder);
        }
      } catch (ConfigurationException e) {
        // Port 0: what the kernel found free for UDP on one address may be taken for the next.
        if (config.port() != 0 || attempt == ATTEMPTS_AT_A_FREE_PORT) {
          throw e;
        }
      }
    }
  }

  private void open(InetAddress address, BindingResponder responder) {
    InetSocketAddress at = new InetSocketAddress(address, port().orElse(config.port()));
    try {
      int count = config.sockets().orElse(Runtime.getRuntime().availableProcessors());
      sockets.addAll(StunSocket.open(at, count, responder, outcomes));
    } catch (UnsupportedOperationException e) {
      if (!address.equals(ANY_V6) || !configured().contains(ANY_V4)) {
        throw refusal(UDP, at, "this host has no such addresses");
      }
      LOG.info("This host has no IPv6: STUN answers IPv4 alone");
      open(ANY_V4, responder);
      return;
    } catch (IOException e) {
      throw refusal(UDP, at, String.valueOf(e.getMessage()));
    }
    if (config.tcp().enabled()) {
      openTcp(sockets.getLast().local(), responder);
    }
  }

  private void openTcp(InetSocketAddress at, BindingResponder responder) {
    try {
      listeners.add(TcpListener.open(at, config.tcp(), responder, tcpOutcomes));
    } catch (IOException e) {
      throw refusal(TCP, at, String.valueOf(e.getMessage()));
    }
  }

  private ConfigurationException refusal(String transport, InetSocketAddress at, String reason) {
    closeAll();
    return new ConfigurationException(
        "STUN cannot listen on %s (%s): free it, or set switchboard.stun.port or"
                .formatted(text(transport, at), reason)
            + " switchboard.stun.addresses");
  }

  private static String text(String transport, InetSocketAddress at) {
    String address = at.getAddress().equals(ANY_V6) ? "::" : at.getAddress().getHostAddress();
    return transport + " port " + at.getPort() + " of " + address;
  }

  /** One dual-stack socket does for both wildcards; two cannot share a port on Linux. */
  private Set<InetAddress> addresses() {
    Set<InetAddress> addresses = configured();
    if (addresses.contains(ANY_V6)) {
      addresses.remove(ANY_V4);
    }
    return addresses;
  }

  private Set<InetAddress> configured() {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String literal : config.addresses()) {
      try {
        addresses.add(InetAddress.ofLiteral(literal));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "switchboard.stun.addresses takes IP address literals; '" + literal + "' is none");
      }
    }
    return addresses;
  }

  private void closeAll() {
    sockets.forEach(StunServer::close);
    sockets.clear();
    listeners.forEach(StunServer::close);
    listeners.clear();
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debugf(e, "A STUN socket did not close");
    }
  }
}
