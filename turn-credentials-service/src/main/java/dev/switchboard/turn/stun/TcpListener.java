package dev.switchboard.turn.stun;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * STUN over TCP on one address (RFC 8489, section 6.2.2).
 *
 * <p>A connection is a virtual thread that blocks. An event loop would save memory that the bound
 * on connections makes small already, and would have to be told in callbacks what here reads from
 * top to bottom. Past that bound, or past its source's share of it, a connection is closed as soon
 * as it is accepted.
 */
final class TcpListener implements Closeable {

  private static final Logger LOG = Logger.getLogger(TcpListener.class);

  private static final int BACKLOG = 128;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(10);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(1);
  private static final Duration RAREST_SWEEP = Duration.ofSeconds(1);

  private final ServerSocketChannel channel;
  private final InetSocketAddress local;
  private final StunConfig.Tcp config;
  private final TcpOutcomes outcomes;
  private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Shares shares;
  private @Nullable Thread acceptor;
  private @Nullable Thread sweeper;

  private TcpListener(
      ServerSocketChannel channel,
      InetSocketAddress local,
      StunConfig.Tcp config,
      TcpOutcomes outcomes) {
    this.channel = channel;
    this.local = local;
    this.config = config;
    this.outcomes = outcomes;
    this.shares = new Shares(config.connectionsPerSource());
  }

  /**
   * Binds. An IPv6 wildcard takes IPv4 as well.
   *
   * @throws IOException if the address cannot be bound
   * @throws UnsupportedOperationException if this host lacks the address's family
   */
  static TcpListener bind(InetSocketAddress at, StunConfig.Tcp config, TcpOutcomes outcomes)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StunSocket.familyOf(at.getAddress()));
    try {
      channel.bind(at, BACKLOG);
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      return new TcpListener(channel, local, config, outcomes);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Answers from now on. Call it once. */
  void serve(BindingResponder responder) {
    String name = "stun-tcp-" + local.getAddress().getHostAddress() + "-" + local.getPort();
    acceptor = Thread.ofVirtual().name(name).start(() -> accept(responder));
    sweeper = Thread.ofVirtual().name(name + "-sweeper").start(this::sweep);
  }

  InetSocketAddress local() {
    return local;
  }

  int openConnections() {
    return connections.size();
  }

  boolean isServing() {
    return channel.isOpen() && acceptor != null && acceptor.isAlive();
  }

  /** Frees the port and ends every connection. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (sweeper != null) {
      sweeper.interrupt();
    }
    try {
      if (acceptor != null) {
        acceptor.join(PATIENCE_AT_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(TcpConnection::close);
  }

  private void accept(BindingResponder responder) {
    while (channel.isOpen()) {
      try {
        welcome(channel.accept(), responder);
      } catch (ClosedChannelException e) {
        LOG.debugf("STUN listener %s closed", local);
      } catch (IOException e) {
        // Out of file descriptors, perhaps: a lasting failure must not spin.
        outcomes.countFailure();
        LOG.debugf(e, "STUN listener %s could not accept", local);
        pause(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private void welcome(SocketChannel accepted, BindingResponder responder) throws IOException {
    if (!(accepted.getRemoteAddress() instanceof InetSocketAddress source)) {
      accepted.close();
      return;
    }
    // Only this thread adds, so the bound holds without a lock.
    if (connections.size() >= config.connections()) {
      turnAway(accepted, TcpOutcomes.Connection.TURNED_AWAY);
    } else if (!shares.take(source.getAddress())) {
      turnAway(accepted, TcpOutcomes.Connection.OVER_THE_SHARE);
    } else {
      serve(new TcpConnection(accepted, source, config.idle(), responder, outcomes));
    }
  }

  private void turnAway(SocketChannel accepted, TcpOutcomes.Connection because) throws IOException {
    outcomes.count(because);
    accepted.close();
  }

  private void serve(TcpConnection connection) {
    outcomes.count(TcpOutcomes.Connection.SERVED);
    connections.add(connection);
    Thread.ofVirtual()
        .name("stun-tcp-connection")
        .start(() -> {
          try {
            connection.serve();
          } finally {
            shares.giveBack(connection.source().getAddress());
            connections.remove(connection);
          }
        });
  }

  /**
   * Closes what is overdue, whether it blocks in reading or in writing: a timeout on reads alone
   * would let a client that takes no answers stay for ever.
   */
  private void sweep() {
    Duration quarter = config.idle().dividedBy(4);
    Duration step = quarter.compareTo(RAREST_SWEEP) < 0 ? quarter : RAREST_SWEEP;
    while (channel.isOpen()) {
      pause(step);
      long now = System.nanoTime();
      for (TcpConnection connection : connections) {
        if (connection.isOverdue(now)) {
          outcomes.count(TcpOutcomes.Connection.OVERDUE);
          connection.close();
        }
      }
    }
  }

  private static void pause(Duration step) {
    try {
      Thread.sleep(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
