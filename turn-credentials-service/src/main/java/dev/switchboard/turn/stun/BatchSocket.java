package dev.switchboard.turn.stun;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A socket that takes as many datagrams as there are with one call of Linux, and sends their
 * answers with another: {@link StunSocket} in batches. Under load that is a fifth more answers for
 * the same CPU time (docs/adr/0004); without load each datagram is a batch of one.
 */
final class BatchSocket implements UdpSocket {

  private static final Logger LOG = Logger.getLogger(BatchSocket.class);
  private static final int INTERRUPTED = 4;
  private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(1);

  private final Libc libc;
  private final int fd;
  private final InetSocketAddress local;
  private final int number;
  private final int batch;
  private final StunOutcomes outcomes;
  private volatile boolean closed;
  private @Nullable Thread thread;

  private BatchSocket(
      Libc libc, int fd, InetSocketAddress local, int number, int batch, StunOutcomes outcomes) {
    this.libc = libc;
    this.fd = fd;
    this.local = local;
    this.number = number;
    this.batch = batch;
    this.outcomes = outcomes;
  }

  /**
   * Binds sockets that share one address, as {@link StunSocket#bind} does.
   *
   * @param batch the most datagrams of one call
   * @throws IOException if the address cannot be bound; nothing is left open then
   * @throws UnsupportedOperationException if this host lacks the address's family
   */
  static List<BatchSocket> bind(
      Libc libc, InetSocketAddress at, int count, int batch, StunOutcomes outcomes)
      throws IOException {
    // Asked only whether this host has the family; the JDK found out when it started.
    DatagramChannel.open(StunSocket.familyOf(at.getAddress())).close();
    List<Integer> open = new ArrayList<>();
    try {
      boolean ipv6 = at.getAddress() instanceof Inet6Address;
      // The first binds without the option, and so fails if the port is another process's.
      int first = open(libc, ipv6, open);
      InetSocketAddress local = new InetSocketAddress(at.getAddress(), libc.bind(first, at));
      if (count > 1) {
        libc.share(first);
      }
      while (open.size() < count) {
        int next = open(libc, ipv6, open);
        libc.share(next);
        libc.bind(next, local);
      }
      List<BatchSocket> sockets = new ArrayList<>();
      for (int fd : open) {
        sockets.add(new BatchSocket(libc, fd, local, sockets.size(), batch, outcomes));
      }
      return sockets;
    } catch (IOException | RuntimeException e) {
      open.forEach(libc::close);
      throw e;
    }
  }

  private static int open(Libc libc, boolean ipv6, List<Integer> open) throws IOException {
    int fd = libc.open(ipv6, RECEIVE_BUFFER_BYTES);
    open.add(fd);
    return fd;
  }

  /** Answers from now on. Call it once. */
  void serve(BindingResponder responder) {
    String name =
        "stun-%s-%d-%d".formatted(local.getAddress().getHostAddress(), local.getPort(), number);
    thread = Thread.ofPlatform().name(name).daemon().start(() -> answer(responder));
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean isServing() {
    return !closed && thread != null && thread.isAlive();
  }

  /** Frees the port: the thread that waits in the kernel is woken and gives it back. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (thread == null) {
      libc.close(fd);
      return;
    }
    libc.wake(fd);
    try {
      thread.join(PATIENCE_AT_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(BindingResponder responder) {
    Usage usage = responder.usage();
    try (Arena arena = Arena.ofConfined()) {
      // What is too long is cut to an odd length, and so can never pass for a STUN message.
      Batch datagrams = new Batch(arena, batch, usage.longestRequest() + 1, usage.longestAnswer());
      MemorySegment state = Libc.newState(arena);
      while (!closed) {
        int came = libc.receive(state, fd, datagrams.incoming(), datagrams.size());
        if (closed) {
          return;
        }
        if (came >= 0) {
          answer(responder, datagrams, came);
          send(state, datagrams);
        } else if (came != -INTERRUPTED) {
          fail("could not receive", -came);
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
      }
    } finally {
      libc.close(fd);
    }
  }

  private void answer(BindingResponder responder, Batch datagrams, int came) {
    for (int i = 0; i < came; i++) {
      try {
        Reply reply =
            responder.reply(datagrams.datagram(i), datagrams.source(i), datagrams.answer(i));
        // Counted first: who has the answer finds it counted.
        outcomes.count(reply);
        switch (reply) {
          case Answer _ -> datagrams.enqueue(i);
          case Detour _ -> throw new IllegalStateException("no detours from a batch");
          case Noise _ -> {}
        }
      } catch (IOException | RuntimeException e) {
        // Nothing a stranger sends may end this loop.
        outcomes.countFailure();
        LOG.debugf(e, "STUN datagram on %s failed", local);
      }
    }
  }

  private void send(MemorySegment state, Batch datagrams) {
    int sent = 0;
    while (sent < datagrams.pending()) {
      int went = libc.send(state, fd, datagrams.outgoing(sent), datagrams.pending() - sent);
      if (went > 0) {
        sent += went;
      } else if (went != -INTERRUPTED) {
        // The first of these has nowhere to go; the others may have.
        fail("could not send", -went);
        sent++;
      }
    }
  }

  private void fail(String what, int error) {
    outcomes.countFailure();
    LOG.debugf("STUN socket %s %s: error %d", local, what, error);
  }
}
