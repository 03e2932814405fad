package dev.switchboard.e2e.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The network between one pod and Redis: a TCP proxy on a loopback port that can be broken. */
final class Wire implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile State state = State.WHOLE;
  private volatile Duration delay = Duration.ZERO;

  private enum State {
    WHOLE,
    /** Packets vanish; nobody is told. */
    SILENT,
    /** Connections are reset, and new ones as soon as they are made. */
    CUT,
    GONE
  }

  private Wire(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A wire to this port on loopback. */
  static Wire to(int target) {
    try {
      Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofPlatform().daemon().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Each chunk takes so much longer, in both directions. */
  void slowDown(Duration perChunk) {
    delay = perChunk;
  }

  /** Nothing gets through, and nobody is told. */
  void silence() {
    become(State.SILENT);
  }

  /** Resets what is open and what is opened. */
  void cut() {
    become(State.CUT);
    closeAll();
  }

  /** All as it should be; what was silent goes on where it was. */
  void mend() {
    delay = Duration.ZERO;
    become(State.WHOLE);
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private void accept() {
    while (state != State.GONE) {
      try {
        Socket near = server.accept();
        if (state == State.CUT) {
          near.close();
        } else {
          connect(near);
        }
      } catch (IOException e) {
        // Nobody listens at the other end, or this end was closed: what a network does, too.
      }
    }
  }

  private void connect(Socket near) throws IOException {
    near.setTcpNoDelay(true);
    Socket far = new Socket();
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      far.setTcpNoDelay(true);
    } catch (IOException e) {
      near.close();
      throw e;
    }
    open.add(near);
    open.add(far);
    if (state == State.CUT) {
      closeAll(); // It was cut in between.
    }
    Thread.ofPlatform().daemon().start(() -> pass(near, far));
    Thread.ofPlatform().daemon().start(() -> pass(far, near));
  }

  private void pass(Socket from, Socket to) {
    byte[] chunk = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        awaitVoice();
        Thread.sleep(delay);
        out.write(chunk, 0, length);
      }
    } catch (IOException | InterruptedException e) {
      // Closed by either end, or cut.
    }
    close(from);
    close(to);
  }

  private synchronized void awaitVoice() throws InterruptedException {
    while (state == State.SILENT) {
      wait();
    }
  }

  private void closeAll() {
    open.forEach(this::close);
  }

  private void close(@Nullable Closeable end) {
    if (end != null && open.remove(end)) {
      try {
        end.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }

  @Override
  public void close() throws IOException {
    become(State.GONE);
    server.close();
    closeAll();
  }
}
