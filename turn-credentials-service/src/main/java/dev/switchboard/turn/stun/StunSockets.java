package dev.switchboard.turn.stun;

import static dev.switchboard.turn.stun.Places.anyV4;
import static dev.switchboard.turn.stun.Places.anyV6;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The open sockets of the responder, over UDP and TCP: all of them, or none. */
final class StunSockets implements Closeable {

  private static final Logger LOG = Logger.getLogger(StunSockets.class);
  private static final String UDP = "UDP";
  private static final String TCP = "TCP";
  private static final int ATTEMPTS_AT_A_FREE_PORT = 5;

  private final StunConfig config;
  private final StunOutcomes outcomes;
  private final TcpOutcomes tcpOutcomes;
  private final List<UdpSocket> sockets = new ArrayList<>();
  private final List<TcpListener> listeners = new ArrayList<>();
  private final Optional<Libc> libc;
  private Optional<Square> square = Optional.empty();

  private StunSockets(
      StunConfig config, Optional<Libc> libc, StunOutcomes outcomes, TcpOutcomes tcpOutcomes) {
    this.config = config;
    this.libc = libc;
    this.outcomes = outcomes;
    this.tcpOutcomes = tcpOutcomes;
  }

  /**
   * Binds every place; nobody is answered yet.
   *
   * @throws ConfigurationException if one is not to be had; nothing is left open then
   */
  static StunSockets bind(
      Places places, StunConfig config, StunOutcomes outcomes, TcpOutcomes tcpOutcomes) {
    boolean inBatches = config.batch() > 1 && places.pair().isEmpty();
    Optional<Libc> libc = inBatches ? Libc.find() : Optional.empty();
    for (int attempt = 1; ; attempt++) {
      StunSockets sockets = new StunSockets(config, libc, outcomes, tcpOutcomes);
      try {
        sockets.bind(places);
        return sockets;
      } catch (ConfigurationException e) {
        sockets.close();
        // Port 0: what the kernel found free for UDP on one address may be taken for the next.
        if (!places.anyPortIsFree() || attempt == ATTEMPTS_AT_A_FREE_PORT) {
          throw e;
        }
      }
    }
  }

  /**
   * Answers from now on. Call it once.
   *
   * @param responder that of every place but the corners of behaviour discovery
   */
  void serve(BindingResponder responder, Encoder encoder) {
    Map<InetSocketAddress, StunSocket> byPlace = new HashMap<>();
    for (UdpSocket socket : sockets) {
      if (socket instanceof StunSocket channel) {
        byPlace.putIfAbsent(channel.local(), channel);
      }
    }
    for (UdpSocket socket : sockets) {
      switch (socket) {
        case BatchSocket batches -> batches.serve(responder);
        case StunSocket channel ->
            channel.serve(at(channel.local(), responder, encoder, true), byPlace);
      }
    }
    listeners.forEach(listener -> listener.serve(at(listener.local(), responder, encoder, false)));
  }

  private BindingResponder at(
      InetSocketAddress place, BindingResponder responder, Encoder encoder, boolean overUdp) {
    return square
        .flatMap(four -> four.at(place))
        .map(corner -> responder.with(new DiscoveryUsage(encoder, corner, overUdp)))
        .orElse(responder);
  }

  /** The port of the first place. */
  int port() {
    return sockets.getFirst().local().getPort();
  }

  /** Where it answers, each place once. */
  List<String> locals() {
    return Stream.concat(
            sockets.stream().map(socket -> text(UDP, socket.local())),
            listeners.stream().map(listener -> text(TCP, listener.local())))
        .distinct()
        .toList();
  }

  int openConnections() {
    return listeners.stream().mapToInt(TcpListener::openConnections).sum();
  }

  boolean areServing() {
    return sockets.stream().allMatch(UdpSocket::isServing)
        && listeners.stream().allMatch(TcpListener::isServing);
  }

  @Override
  public void close() {
    sockets.forEach(StunSockets::close);
    listeners.forEach(StunSockets::close);
  }

  private void bind(Places places) {
    List<Integer> ports = new ArrayList<>();
    for (int port : places.ports()) {
      int settled = port;
      for (InetAddress address : places.addresses()) {
        settled = bind(new InetSocketAddress(address, settled), places.ipv4WillDo());
      }
      ports.add(settled);
    }
    square = places.square(ports);
  }

  private int bind(InetSocketAddress at, boolean ipv4WillDo) {
    try {
      sockets.addAll(bindUdp(at));
    } catch (UnsupportedOperationException e) {
      if (!ipv4WillDo || !at.getAddress().equals(anyV6())) {
        throw refusal(UDP, at, "this host has no such addresses");
      }
      LOG.info("This host has no IPv6: STUN answers IPv4 alone");
      return bind(new InetSocketAddress(anyV4(), at.getPort()), false);
    } catch (IOException e) {
      throw refusal(UDP, at, String.valueOf(e.getMessage()));
    }
    InetSocketAddress local = sockets.getLast().local();
    if (config.tcp().enabled()) {
      bindTcp(local);
    }
    return local.getPort();
  }

  private List<? extends UdpSocket> bindUdp(InetSocketAddress at) throws IOException {
    int count = config.sockets().orElse(Runtime.getRuntime().availableProcessors());
    return libc.isPresent()
        ? BatchSocket.bind(libc.get(), at, count, config.batch(), outcomes)
        : StunSocket.bind(at, count, outcomes);
  }

  private void bindTcp(InetSocketAddress at) {
    try {
      listeners.add(TcpListener.bind(at, config.tcp(), tcpOutcomes));
    } catch (IOException e) {
      throw refusal(TCP, at, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigurationException refusal(
      String transport, InetSocketAddress at, String reason) {
    return new ConfigurationException(
        "STUN cannot listen on %s (%s): free it, or set switchboard.stun.port or"
                .formatted(text(transport, at), reason)
            + " switchboard.stun.addresses");
  }

  private static String text(String transport, InetSocketAddress at) {
    String address = at.getAddress().equals(anyV6()) ? "::" : at.getAddress().getHostAddress();
    return transport + " port " + at.getPort() + " of " + address;
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debugf(e, "A STUN socket did not close");
    }
  }
}
