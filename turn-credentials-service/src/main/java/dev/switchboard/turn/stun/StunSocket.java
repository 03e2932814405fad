package dev.switchboard.turn.stun;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket and the platform thread that serves it.
 *
 * <p>The thread blocks in the kernel: that is the cheapest way to answer a datagram from Java, and
 * a virtual thread would hold its carrier just the same.
 */
final class StunSocket implements UdpSocket {

  private static final Logger LOG = Logger.getLogger(StunSocket.class);

  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(1);

  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final int number;
  private final StunOutcomes outcomes;
  private @Nullable Thread thread;

  private StunSocket(
      DatagramChannel channel, InetSocketAddress local, int number, StunOutcomes outcomes) {
    this.channel = channel;
    this.local = local;
    this.number = number;
    this.outcomes = outcomes;
  }

  /**
   * Binds sockets that share one address. The kernel keeps a source on one of them. Where it cannot
   * share a port (not Linux, not macOS), there is one. An IPv6 wildcard socket takes IPv4 as well,
   * whose sources the JDK then shows as the IPv4 addresses they are.
   *
   * @throws IOException if the address cannot be bound; nothing is left open then
   * @throws UnsupportedOperationException if this host lacks the address's family
   */
  static List<StunSocket> bind(InetSocketAddress at, int count, StunOutcomes outcomes)
      throws IOException {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      // The first binds without the option, and so fails if the port is another process's. Setting
      // it afterwards lets the others in.
      DatagramChannel first = bind(at, false, channels);
      InetSocketAddress local = (InetSocketAddress) first.getLocalAddress();
      if (count > 1 && first.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        first.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        while (channels.size() < count) {
          bind(local, true, channels);
        }
      }
      List<StunSocket> sockets = new ArrayList<>();
      for (DatagramChannel channel : channels) {
        sockets.add(new StunSocket(channel, local, sockets.size(), outcomes));
      }
      return sockets;
    } catch (IOException | RuntimeException e) {
      for (DatagramChannel channel : channels) {
        channel.close();
      }
      throw e;
    }
  }

  private static DatagramChannel bind(
      InetSocketAddress at, boolean shared, List<DatagramChannel> channels) throws IOException {
    DatagramChannel channel = DatagramChannel.open(familyOf(at.getAddress()));
    channels.add(channel);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    if (shared) {
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    return channel.bind(at);
  }

  /**
   * Answers from now on. Call it once.
   *
   * @param others who sends a {@link Detour}, by its place
   */
  void serve(BindingResponder responder, Map<InetSocketAddress, StunSocket> others) {
    String name =
        "stun-%s-%d-%d".formatted(local.getAddress().getHostAddress(), local.getPort(), number);
    thread = Thread.ofPlatform().name(name).daemon().start(() -> answer(responder, others));
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean isServing() {
    return channel.isOpen() && thread != null && thread.isAlive();
  }

  /**
   * Frees the port. A thread that blocks in the channel is the one that gives it back to the
   * kernel, so this waits for it: for the time of a wake-up, at most a second.
   */
  @Override
  public void close() throws IOException {
    channel.close();
    if (thread == null) {
      return;
    }
    try {
      thread.join(PATIENCE_AT_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(BindingResponder responder, Map<InetSocketAddress, StunSocket> others) {
    // Outside the heap, where the kernel can fill them: one of each for the life of the socket.
    // A datagram that is too long is cut one byte past the bound, which makes its length odd, so
    // that it can never pass for a STUN message.
    ByteBuffer datagram = ByteBuffer.allocateDirect(responder.usage().longestRequest() + 1);
    ByteBuffer answer = ByteBuffer.allocateDirect(responder.usage().longestAnswer());
    while (channel.isOpen()) {
      try {
        serveOne(responder, others, datagram, answer);
      } catch (ClosedChannelException e) {
        LOG.debugf("STUN socket %s closed", local);
      } catch (IOException | RuntimeException e) {
        // A source that cannot be reached, or a network that is down: nothing a stranger sends may
        // end this loop, and a lasting failure must not spin.
        outcomes.countFailure();
        LOG.debugf(e, "STUN datagram on %s failed", local);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  private void serveOne(
      BindingResponder responder,
      Map<InetSocketAddress, StunSocket> others,
      ByteBuffer datagram,
      ByteBuffer answer)
      throws IOException {
    if (!(channel.receive(datagram.clear()) instanceof InetSocketAddress source)) {
      return;
    }
    Reply reply = responder.reply(datagram.flip(), source, answer);
    // Counted first: who has the answer finds it counted.
    outcomes.count(reply);
    switch (reply) {
      case Answer _ -> channel.send(answer, source);
      case Detour(InetSocketAddress from, InetSocketAddress to) ->
          Objects.requireNonNull(others.get(from)).channel.send(answer, to);
      case Noise _ -> {}
    }
  }

  static ProtocolFamily familyOf(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
